import { expect, test } from "vitest";
import { apiQuery } from "./api-query.ts";

test("a query is an address with every value written for a URL", () => {
  const address = new URL(apiQuery(["-", "a b", "functions"], { q: "x&y", labels: ["ml", "è"], user: undefined }));
  expect(address.pathname).toBe("/api/v1/-/a%20b/functions");
  expect(address.searchParams.get("q")).toBe("x&y");
  expect(address.searchParams.getAll("labels")).toEqual(["ml", "è"]);
  expect([...address.searchParams.keys()]).toEqual(["q", "labels", "labels"]);
});
