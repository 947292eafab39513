import { expect, test } from "vitest";
import { besideOf, parseRunPage } from "./page-search.ts";

test("the second log is named in the URL", () => {
  expect(besideOf("attempt:2")).toEqual({ is: "attempt", of: "2" });
  expect(besideOf("container:side:car")).toEqual({ is: "container", of: "side:car" });
  expect(parseRunPage({ beside: "run:abc", events: "full" })).toEqual({ beside: "run:abc", events: "full" });
});

test("what names no log is dropped", () => {
  for (const text of ["attempt:0", "attempt:two", "run:", "file:a", ""])
    expect(parseRunPage({ beside: text })).toEqual({});
});

test("the attempt whose use is shown is a number, and anything else is dropped", () => {
  expect(parseRunPage({ attempt: "2" })).toEqual({ attempt: "2" });
  for (const attempt of ["0", "two", "-1", "1.5", "", undefined]) expect(parseRunPage({ attempt })).toEqual({});
});
