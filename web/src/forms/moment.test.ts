// @vitest-environment node
import { expect, test } from "vitest";
import { boxOf, momentOf } from "./moment.ts";

test("a moment goes into the box and comes out as it was, in either zone", () => {
  for (const moment of ["2027-01-31T08:00:00Z", "2027-07-31T23:59:30Z"]) {
    for (const zone of ["utc", "local"] as const) {
      expect(momentOf(boxOf(moment, zone) ?? "", zone)).toBe(moment);
    }
  }
  expect(boxOf("2027-01-31T10:00:00+02:00", "utc")).toBe("2027-01-31T08:00");
  expect(boxOf("2027-07-31T23:59:30Z", "utc")).toBe("2027-07-31T23:59:30");
});

test("nothing is nothing, and what is no moment is left to be read as text", () => {
  expect([boxOf("", "utc"), momentOf("", "utc")]).toEqual(["", undefined]);
  expect([boxOf("tomorrow", "local"), momentOf("tomorrow", "local")]).toEqual([undefined, undefined]);
});
