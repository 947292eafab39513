import { expect, test } from "vitest";
import { parseSearch, writeSearch } from "../../lib/search-params.ts";
import { fromTokens, type ListSearch, nextSort, parseList, sortOf, toTokens } from "./search.ts";

test.each<ListSearch>([
  {},
  { name: "cit" },
  { name: "a b", kind: "table", state: "READY", label: ["ml", "eu"] },
  { label: ["<script>alert(1)</script>"] },
])("%o survives URL and tokens", (search) => {
  expect(parseList(parseSearch(writeSearch({ ...search })))).toEqual(search);
  expect(fromTokens(toTokens(search))).toEqual(search);
});

test("what the list does not know is dropped", () => {
  expect(parseList({ sort: "-size", page: "3", upload: "maybe", kind: ["table", "croissant"] })).toEqual({
    kind: "table",
  });
  expect(parseList({ sort: "-created", upload: "true" })).toEqual({ sort: "-created", upload: true });
});

test("a column sorts its own way first, then turns around, and the usual order is left out of the URL", () => {
  expect(sortOf({})).toEqual({ by: "updated", descending: true });
  const byName = nextSort(sortOf({}), "name");
  expect(byName).toBe("name");
  expect(nextSort(sortOf({ sort: "name" }), "name")).toBe("-name");
  expect(nextSort(sortOf({}), "updated")).toBe("updated");
  expect(nextSort(sortOf({ sort: "updated" }), "updated")).toBeUndefined();
});
