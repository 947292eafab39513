import { expect, test } from "vitest";
import { causeLine, lacksArguments } from "./cause.ts";

test("the cause stands at the last traceback, else at the last words, else nowhere", () => {
  const traceback = "Traceback (most recent call last):";
  expect(causeLine(["one", traceback, "  a", "two", traceback, "  b", "ValueError: b"])).toBe(5);
  expect(causeLine(["Loading", "Killed", "", " "])).toBe(2);
  expect(causeLine(["", ""])).toBe(undefined);
});

test("a call that lacks arguments is told from an exception of the function", () => {
  expect(lacksArguments("TypeError: main() missing 2 required positional arguments: 'a' and 'b'", "steps:main")).toBe(
    true,
  );
  expect(lacksArguments("TypeError: main() missing 1 required positional argument: 'a'", "other")).toBe(false);
  expect(lacksArguments("TypeError: object of type 'int' has no len()", "main")).toBe(false);
});
