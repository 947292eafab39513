import { expect, test } from "vitest";
import { entriesOf, momentOf, waysTo } from "./file-tree.ts";

const files = [
  { path: "b.csv", size: 3 },
  { path: "a/x/deep.txt", size: 5 },
  { path: "a/y.txt", size: 7 },
  { name: "named.bin" },
  { path: "" },
];

test("a folder shows its folders with what they hold, then its files", () => {
  expect(entriesOf(files, "").map(({ is, path }) => [is, path])).toEqual([
    ["folder", "a"],
    ["file", "b.csv"],
    ["file", "named.bin"],
  ]);
  expect(entriesOf(files, "")[0]).toMatchObject({ files: 2, bytes: 12 });
  expect(entriesOf(files, "a").map(({ name }) => name)).toEqual(["x", "y.txt"]);
  expect(entriesOf(files, "a/x")).toMatchObject([{ is: "file", path: "a/x/deep.txt" }]);
  expect(entriesOf(files, "nowhere")).toEqual([]);
});

test("the way to a folder names each above it", () => {
  expect(waysTo("")).toEqual([]);
  expect(waysTo("a/x")).toEqual([
    { name: "a", path: "a" },
    { name: "x", path: "a/x" },
  ]);
});

test("a file says when it was changed in any form, also in one that is no moment", () => {
  expect(momentOf("Sun, 22 Nov 2026 11:04:09 GMT")).toBe("2026-11-22T11:04:09.000Z");
  expect(momentOf("yesterday")).toBe("yesterday");
});
