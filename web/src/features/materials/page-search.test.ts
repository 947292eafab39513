import { expect, test } from "vitest";
import { parseSearch, writeSearch } from "../../lib/search-params.ts";
import { atVersion, type PageSearch, parsePage } from "./page-search.ts";
import { tabsOf } from "./tabs.ts";

test.each<PageSearch>([
  {},
  { v: "1a2b", tab: "files", dir: "a/b", file: "a/b/c d.csv" },
  { tab: "metrics", with: ["1", "2"] },
  { tab: "preview", find: "na", column: "name", upload: true },
])("%o survives the URL", (search) => {
  expect(parsePage(parseSearch(writeSearch({ ...search })))).toEqual(search);
});

test("the first tab is left out, and another version keeps the tab but not the file", () => {
  expect(parsePage({ tab: "summary", nonsense: "1" })).toEqual({});
  expect(atVersion({ v: "1", tab: "files", file: "x", with: ["2"] }, "3")).toEqual({ v: "3", tab: "files" });
  expect(atVersion({ v: "1", tab: "files" }, undefined)).toEqual({ tab: "files" });
});

test("tables have schema and preview, models metrics, and extensions show where there are any", () => {
  const doc = { kind: "table", spec: {}, extensions: undefined };
  expect(tabsOf("dataitems", doc)).toEqual(["summary", "preview", "schema", "files", "lineage", "spec"]);
  expect(tabsOf("dataitems", { ...doc, kind: "croissant" })).toEqual(["summary", "files", "lineage", "spec"]);
  expect(tabsOf("models", { ...doc, kind: "sklearn" })).toEqual(["summary", "files", "metrics", "lineage", "spec"]);
  expect(tabsOf("artifacts", { kind: "artifact", spec: {}, extensions: [{ kind: "x" }] })).toEqual([
    "summary",
    "files",
    "lineage",
    "spec",
    "extensions",
  ]);
});
