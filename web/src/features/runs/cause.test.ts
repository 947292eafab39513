import { expect, test } from "vitest";
import { causeLine } from "./cause.ts";

test("the cause stands at the last traceback, else at the last words, else nowhere", () => {
  const traceback = "Traceback (most recent call last):";
  expect(causeLine(["one", traceback, "  a", "two", traceback, "  b", "ValueError: b"])).toBe(5);
  expect(causeLine(["Loading", "Killed", "", " "])).toBe(2);
  expect(causeLine(["", ""])).toBe(undefined);
});
