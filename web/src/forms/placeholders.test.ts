import { expect, test } from "vitest";
import { openPlaceholder, placeholdersAt, placeholdersFor } from "./placeholders.ts";

const known = [
  { name: "input.key", help: "its key" },
  { name: "input.name", help: "its name" },
  { name: "key", help: "the pattern" },
];

test("a placeholder is open after {{ and before }}", () => {
  expect(openPlaceholder("a {{inp", 7)).toEqual({ from: 2, typed: "inp" });
  expect(openPlaceholder("{{ ", 3)).toEqual({ from: 0, typed: "" });
  expect(openPlaceholder("{{input.key}} b", 15)).toBeUndefined();
  expect(openPlaceholder("{{input.key}}", 13)).toBeUndefined();
  expect(openPlaceholder("{x", 2)).toBeUndefined();
});

test("those that begin with what was typed come first", () => {
  expect(placeholdersFor("k", known).map(({ name }) => name)).toEqual(["key", "input.key"]);
  expect(placeholdersFor("", known)).toHaveLength(3);
});

test("the editor is offered the whole placeholder from its braces on", () => {
  expect(placeholdersAt("a: {{", 5, known)?.from).toBe(3);
  expect(placeholdersAt("a: {{", 5, known)?.options[0]).toEqual({ label: "{{input.key}}", detail: "its key" });
  expect(placeholdersAt("a: b", 4, known)).toBeUndefined();
  expect(placeholdersAt("a: {{", 5, [])).toBeUndefined();
});
