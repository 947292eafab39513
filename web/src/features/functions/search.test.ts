import { expect, test } from "vitest";
import { parseSearch, writeSearch } from "../../lib/search-params.ts";
import { type FunctionFilter, fromTokens, parseFilter, toQuery, toTokens } from "./search.ts";

test.each<FunctionFilter>([
  {},
  { name: "tra" },
  { name: "a b", kind: "python", label: ["ml", "eu"] },
  { label: ["x"] },
  { user: "maria", updated: "7d" },
  { updated: "2029-12-01/2029-12-02" },
])("%o survives URL and tokens", (filter) => {
  expect(parseFilter(parseSearch(writeSearch({ ...filter })))).toEqual(filter);
  expect(fromTokens(toTokens(filter))).toEqual(filter);
});

test("what the list does not know is dropped", () => {
  expect(parseFilter({ name: "", kind: ["python", "dbt"], page: "3" })).toEqual({ kind: "python" });
});

test("the server is asked in its own words", () => {
  const filter = { name: "tra", label: ["ml"], user: "maria", updated: "24h" };
  expect(toQuery(filter, Date.parse("2030-01-02T00:00:00Z"))).toEqual({
    sort: ["updated,desc"],
    q: "tra",
    labels: ["ml"],
    user: "maria",
    updated: "2030-01-01T00:00:00.000Z",
  });
});
