import { expect, test } from "vitest";
import { fromTokens, matches, parseTemplates, toTokens } from "./search.ts";

const etl = {
  name: "etl",
  kind: "python",
  metadata: { name: "Extract, transform, load", description: "Reads rows", labels: ["data"] },
};

test("the URL, the tokens and back", () => {
  const search = parseTemplates({ q: "row", kind: "python", details: "etl", other: "x" });
  expect(search).toEqual({ q: "row", kind: "python", details: "etl" });
  expect(fromTokens(toTokens(search))).toEqual({ q: "row", kind: "python" });
});

test("words are looked for in name, title and description; kind and label are exact", () => {
  expect(matches(etl, { q: "ROWS" })).toBe(true);
  expect(matches(etl, { q: "etl", kind: "python", label: ["data"] })).toBe(true);
  expect(matches(etl, { kind: "dbt" })).toBe(false);
  expect(matches(etl, { label: ["dat"] })).toBe(false);
});
