import { expect, test } from "vitest";
import { parseSearch, writeSearch } from "../../lib/search-params.ts";
import { filterOf, fromTokens, parseRuns, toQuery, toTokens } from "./search.ts";

test("a URL says everything about the list and comes back the same", () => {
  const url =
    "?q=ap&kind=python%2Bjob%3Arun&state=ERROR&state=RUNNING&function=train&user=ada&label=ml&since=24h&sort=duration%2Cdesc&group=label&peek=r1";
  const search = parseRuns(parseSearch(url));
  expect(search.state).toEqual(["ERROR", "RUNNING"]);
  expect(parseRuns(parseSearch(writeSearch({ ...search })))).toEqual(search);
  expect(filterOf(search)).not.toHaveProperty("peek");
});

test("what is not understood is dropped", () => {
  const bad = { since: "yesterday", until: "x", sort: "colour,desc", group: "moon", state: "", other: "1" };
  expect(parseRuns(bad)).toEqual({});
  expect(parseRuns({ sort: "created" })).toEqual({});
  expect(parseRuns({ since: "toString" })).toEqual({});
});

test.each([
  [{ since: "24h" }, ["24h"]],
  [{ since: "2026-01-01T00:00:00Z" }, ["2026-01-01T00:00:00Z"]],
  [{ since: "2026-01-01T00:00:00Z", until: "2026-01-02T00:00:00Z" }, ["2026-01-01T00:00:00Z/2026-01-02T00:00:00Z"]],
  [{ until: "2026-01-02T00:00:00Z" }, ["/2026-01-02T00:00:00Z"]],
])("the time %o is the one token %o", (filter, token) => {
  expect(toTokens(filter)).toEqual({ time: token });
  expect(fromTokens({ time: token })).toEqual(filter);
});

test("a span is counted back from now, a moment is sent as it is, a function by its exact name", () => {
  const now = Date.parse("2026-01-02T00:00:00Z");
  expect(toQuery({ since: "24h", function: "train", label: ["a"] }, now)).toEqual({
    since: "2026-01-01T00:00:00.000Z",
    functionName: "train",
    labels: ["a"],
  });
  expect(toQuery({ since: "2026-01-01T00:00:00Z" }, now)).toEqual({ since: "2026-01-01T00:00:00Z" });
});
