import { expect, test } from "vitest";
import { parsePage, tabOf } from "./page-search.ts";

test("the URL of the page holds a version and a tab, and nothing that goes without saying", () => {
  expect(parsePage({ v: "1a2b", tab: "code", x: "1" })).toEqual({ v: "1a2b", tab: "code" });
  expect(parsePage({ v: "", tab: "summary" })).toEqual({});
});

test("a tab that the kind has not is the first", () => {
  expect(tabOf("job", ["build", "job"], true)).toBe("job");
  expect(tabOf("triggers", [], false)).toBe("triggers");
  expect(tabOf("lineage", [], false)).toBe("lineage");
  expect(tabOf("serve", ["job"], true)).toBe("summary");
  expect(tabOf("code", ["job"], false)).toBe("summary");
  expect(tabOf(undefined, [], true)).toBe("summary");
});
