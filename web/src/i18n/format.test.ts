import { expect, test } from "vitest";
import { makeFormat } from "./format.ts";

test("days begin where the person's do", () => {
  const utc = makeFormat("en", "utc");
  expect(utc.sameDay("2026-03-01T00:10:00Z", "2026-03-01T23:50:00Z")).toBe(true);
  expect(utc.sameDay("2026-03-01T23:50:00Z", "2026-03-02T00:10:00Z")).toBe(false);
  expect(utc.sameDay("2026-03-01T10:00:00Z", "2027-03-01T10:00:00Z")).toBe(false);
});
