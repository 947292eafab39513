import { expect, test } from "vitest";
import { countLines } from "./line-diff.ts";

test.each([
  ["", "", 0, 0],
  ["a\n", "a\n", 0, 0],
  ["a\nb\nc\n", "a\nx\nc\n", 1, 1],
  ["", "a\nb\n", 2, 0],
  ["a\nb\n", "", 0, 2],
  ["a\nb\nc\nd\n", "b\nd\ne\n", 1, 2],
  ["a\nb", "a\nb\n", 0, 0],
  ["x\ny\nz\n", "z\nx\ny\n", 1, 1],
])("from %j to %j %d lines come and %d go", (before, after, added, removed) => {
  expect(countLines(before, after)).toEqual({ added, removed });
  expect(countLines(after, before)).toEqual({ added: removed, removed: added });
});

test("long texts that have little in common are counted as well", () => {
  const text = (word: string) => Array.from({ length: 50_000 }, (_, i) => `${word} ${i}\n`).join("");
  expect(countLines(`same\n${text("a")}`, `${text("b")}same\n`)).toEqual({ added: 50_000, removed: 50_000 });
});
