import { expect, test } from "vitest";
import { parseUpdated, updatedQuery } from "./updated.ts";

const now = Date.parse("2030-01-02T00:00:00Z");

test.each([
  ["24h", "2030-01-01T00:00:00.000Z"],
  ["2029-12-01", "2029-12-01T00:00:00.000Z"],
  ["2029-12-01T10:00:00+02:00/2029-12-02", "2029-12-01T08:00:00.000Z,2029-12-02T00:00:00.000Z"],
])("%s is asked for as %s", (token, query) => {
  expect(parseUpdated(token)).toBe(token);
  expect(updatedQuery(token, now)).toBe(query);
});

test.each(["", "yesterday", "2029-12-01/", "/2029-12-01", "2029-12-01/2029-12-02/2029-12-03", "toString"])(
  "%s is no range and is dropped",
  (text) => {
    expect(parseUpdated(text)).toBeUndefined();
  },
);
