import { expect, test } from "vitest";
import { Book } from "./book.ts";
import { findIn, firstFrom, readQuery } from "./search.ts";

function rows(text: string) {
  const book = new Book();
  book.append({ offset: 0, attempt: 1, data: new TextEncoder().encode(text), lost: 0, times: [] });
  return book.rows;
}
function find(text: string, typed: string) {
  const query = readQuery(typed);
  const list = rows(text);
  return query === undefined ? [] : findIn(list, query, 0, list.length);
}

test("places of a regular expression, in what is seen", () => {
  expect(find("a 12\n\x1b[31mb 3\x1b[0m 45\n", "\\d+")).toEqual([
    { row: 0, from: 2, to: 4 },
    { row: 1, from: 2, to: 3 },
    { row: 1, from: 4, to: 6 },
  ]);
});

test("capitals count only if typed", () => {
  expect(find("Error\nerror\n", "error")).toHaveLength(2);
  expect(find("Error\nerror\n", "Error")).toHaveLength(1);
  expect(find("Word\n", "\\Sord")).toHaveLength(1);
});

test("what is no expression is looked for as it stands", () => {
  expect(readQuery("foo(")?.literal).toBe(true);
  expect(find("call foo(1)\nfoo\n", "foo(")).toEqual([{ row: 0, from: 5, to: 9 }]);
});

test("an expression that matches nothing finds nothing and ends", () => {
  expect(find("aaa\n", "x*")).toEqual([]);
  expect(readQuery("")).toBeUndefined();
});

test("stepping begins at what is in view", () => {
  const matches = find("x\n-\nx\n-\nx\n", "x");
  expect(firstFrom(matches, 0)).toBe(0);
  expect(firstFrom(matches, 1)).toBe(1);
  expect(firstFrom(matches, 4)).toBe(2);
  expect(firstFrom(matches, 5)).toBe(-1);
});
