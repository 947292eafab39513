import { describe, expect, test } from "vitest";
import { endStyle, isPlain, parseAnsi, type Span, visible } from "./ansi.ts";

const cases: [string, string, Span[]][] = [
  ["plain", "hello", [{ text: "hello", style: {} }]],
  [
    "colour and reset",
    "\x1b[31mred\x1b[0m no",
    [
      { text: "red", style: { fg: 1 } },
      { text: " no", style: {} },
    ],
  ],
  [
    "empty code resets",
    "\x1b[1mx\x1b[my",
    [
      { text: "x", style: { bold: true } },
      { text: "y", style: {} },
    ],
  ],
  ["bright and background", "\x1b[93;44mx", [{ text: "x", style: { fg: 11, bg: 4 } }]],
  ["256 colours", "\x1b[38;5;196mx", [{ text: "x", style: { fg: [255, 0, 0] } }]],
  ["grey of 256", "\x1b[48;5;232mx", [{ text: "x", style: { bg: [8, 8, 8] } }]],
  ["true colour", "\x1b[38;2;1;2;3;4mx", [{ text: "x", style: { fg: [1, 2, 3], underline: true } }]],
  ["colour out of range", "\x1b[38;2;1;2;999mx", [{ text: "x", style: {} }]],
  [
    "one off, others stay",
    "\x1b[1;3;31mx\x1b[22my",
    [
      { text: "x", style: { bold: true, italic: true, fg: 1 } },
      { text: "y", style: { italic: true, fg: 1 } },
    ],
  ],
  [
    "cursor moves draw nothing",
    "a\x1b[2K\x1b[10;20Hb",
    [
      { text: "a", style: {} },
      { text: "b", style: {} },
    ],
  ],
  ["window title", "\x1b]0;evil\x07x", [{ text: "x", style: {} }]],
  ["link", "\x1b]8;;http://evil\x1b\\text\x1b]8;;\x1b\\", [{ text: "text", style: {} }]],
  ["unfinished string eats no more than itself", "a\x1b]0;title", [{ text: "a", style: {} }]],
  [
    "bell shown",
    "a\x07b",
    [
      { text: "a", style: {} },
      { text: "␇", style: {}, control: true },
      { text: "b", style: {} },
    ],
  ],
  ["lone escape shown", "\x1b", [{ text: "␛", style: {}, control: true }]],
  [
    "direction override shown",
    "\u202eabc",
    [
      { text: "<U+202E>", style: {}, control: true },
      { text: "abc", style: {} },
    ],
  ],
  ["markup is text", "<img src=x onerror=alert(1)>", [{ text: "<img src=x onerror=alert(1)>", style: {} }]],
  ["emoji", "\x1b[32m👩‍🚀 ok", [{ text: "👩‍🚀 ok", style: { fg: 2 } }]],
];

test.each(cases)("%s", (_, text, spans) => {
  expect(parseAnsi(text).spans).toEqual(spans);
});

describe("styles go on over lines", () => {
  test("what a line begins in and ends in", () => {
    expect(endStyle("\x1b[31mred", {})).toEqual({ fg: 1 });
    expect(parseAnsi("still", { fg: 1 })).toEqual({ spans: [{ text: "still", style: { fg: 1 } }], end: { fg: 1 } });
    expect(endStyle("plain", { fg: 1 })).toEqual({ fg: 1 });
  });
});

test("what is seen has no sequences", () => {
  expect(visible("\x1b[31mERROR\x1b[0m: \x00")).toBe("ERROR: ␀");
  expect(isPlain("tab\tand text")).toBe(true);
  expect(isPlain("\x1b[0m")).toBe(false);
});
