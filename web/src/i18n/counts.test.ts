import { expect, test } from "vitest";
import { forms as enForms } from "./en/forms.ts";
import { settings as enSettings } from "./en/settings.ts";
import { forms as itForms } from "./it/forms.ts";
import { settings as itSettings } from "./it/settings.ts";

test("what is said of one thing is said in the singular", () => {
  const one = [enSettings, itSettings].flatMap(({ labelsTab: s }) => [s.renamed("a", "b", 1), s.removed("a", 1)]);
  expect(one).toEqual([
    "a is b now, in 1 place.",
    "a was removed in 1 place.",
    "a ora è b, in 1 punto.",
    "a è stata tolta in 1 punto.",
  ]);
  const many = [enSettings, itSettings].map(({ labelsTab: s }) => s.removed("a", 2));
  expect(many).toEqual(["a was removed in 2 places.", "a è stata tolta in 2 punti."]);
});

test("arguments that are lacking agree in number", () => {
  expect([enForms, itForms].map(({ lacking }) => lacking.title("main", ["x"]))).toEqual([
    "main needs x, which nothing gives yet",
    "main ha bisogno di x, e ancora nulla lo dà",
  ]);
  expect(itForms.lacking.title("main", ["x", "y"])).toBe("main ha bisogno di x, y, e ancora nulla li dà");
});
