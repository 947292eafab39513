import { expect, test } from "vitest";
import { cellText, profileOf } from "./profile.ts";

test("a column of numbers is measured, empty values aside", () => {
  expect(profileOf(["3", null, "1", "3", ""], "integer")).toEqual({
    rows: 5,
    empty: 2,
    distinct: 2,
    least: 1,
    most: 3,
    mean: 7 / 3,
    top: [
      ["3", 2],
      ["1", 1],
    ],
  });
});

test("text is counted and never computed with", () => {
  const profile = profileOf(["=1+1", "=1+1", "<b>"], "string");
  expect(profile).toMatchObject({
    distinct: 2,
    top: [
      ["=1+1", 2],
      ["<b>", 1],
    ],
  });
  expect(profile).not.toHaveProperty("mean");
  expect(cellText({ a: [1] })).toBe('{"a":[1]}');
  expect(cellText(false)).toBe("false");
});
