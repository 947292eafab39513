import { expect, test } from "vitest";
import { pieces } from "./highlight.ts";

test("what was found is told apart from the rest", () => {
  expect(pieces("a <em>b</em> c<em>d</em>")).toEqual([
    { text: "a ", found: false, at: 0 },
    { text: "b", found: true, at: 2 },
    { text: " c", found: false, at: 3 },
    { text: "d", found: true, at: 5 },
  ]);
  expect(pieces("")).toEqual([]);
});

test("what was HTML in the text is text again, once", () => {
  expect(pieces("&lt;script&gt;<em>&amp;lt;</em>&#34;&#39;").map(({ text }) => text)).toEqual([
    "<script>",
    "&lt;",
    "\"'",
  ]);
});
