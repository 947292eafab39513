import { expect, test } from "vitest";
import { oneText, parseSearch, present, texts, writeSearch } from "./search-params.ts";

test("a search survives being written and read", () => {
  const values = { name: "a&b=c", label: ["ml", "è+é"], page: "2" };
  expect(parseSearch(writeSearch(values))).toEqual(values);
  expect(writeSearch({ name: undefined, label: [] })).toBe("");
});

test("what is no text is dropped", () => {
  expect(oneText(["", "x"])).toBeUndefined();
  expect(oneText({})).toBeUndefined();
  expect(texts(["a", 3, ""])).toEqual(["a"]);
  expect(texts("")).toBeUndefined();
  expect(present({ a: undefined, b: 1 })).toEqual({ b: 1 });
});
