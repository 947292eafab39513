import { expect, test } from "vitest";
import { parseSearch, writeSearch } from "../../lib/search-params.ts";
import { type FunctionFilter, fromTokens, parseFilter, toTokens } from "./search.ts";

test.each<FunctionFilter>([
  {},
  { name: "tra" },
  { name: "a b", kind: "python", label: ["ml", "eu"] },
  { label: ["x"] },
])("%o survives URL and tokens", (filter) => {
  expect(parseFilter(parseSearch(writeSearch({ ...filter })))).toEqual(filter);
  expect(fromTokens(toTokens(filter))).toEqual(filter);
});

test("what the list does not know is dropped", () => {
  expect(parseFilter({ name: "", kind: ["python", "dbt"], page: "3" })).toEqual({ kind: "python" });
});
