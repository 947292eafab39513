import { expect, test } from "vitest";
import { besideIn, besideOut } from "./beside.ts";

const usual = { version: "v2", sweep: undefined };

test("a draft brings back the version and the sweep", () => {
  const typed = { version: "v1", sweep: { parameter: "epochs", values: "5, 10" } };
  expect(besideIn(besideOut(typed), ["v2", "v1"], usual)).toEqual(typed);
  expect(besideIn(besideOut(usual), ["v2", "v1"], usual)).toEqual(usual);
});

test("a version that is gone, and what is none of it, give way to what is usual", () => {
  expect(besideIn({ version: "gone", sweep: { parameter: 1, values: "5" } }, ["v2"], usual)).toEqual(usual);
  expect(besideIn(undefined, ["v2"], usual)).toEqual(usual);
});
