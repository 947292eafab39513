import { expect, test } from "vitest";
import { changedWithin, fromTokens, parseFilter, toTokens } from "./search.ts";

test("the filter survives its tokens; what is not known is dropped", () => {
  const filter = parseFilter({ q: "tra", type: ["run", "nothing"], label: ["a", "b"], versions: "all", x: "1" });
  expect(filter).toEqual({ q: "tra", type: ["run"], label: ["a", "b"], versions: "all" });
  expect(fromTokens(toTokens(filter))).toEqual(filter);
  expect(parseFilter({ type: "nothing", versions: "some" })).toEqual({});
});

test("a span before now is a filter of the server; an unknown span is none", () => {
  const filter = parseFilter({ updated: "7d" });
  expect(fromTokens(toTokens(filter))).toEqual({ updated: "7d" });
  expect(parseFilter({ updated: "7 days" })).toEqual({});
  expect(parseFilter({ updated: "toString" })).toEqual({});
  expect(changedWithin("7d", Date.UTC(2026, 0, 8))).toBe("metadata.updated:[2026-01-01T00:00:00.000Z TO *]");
});
