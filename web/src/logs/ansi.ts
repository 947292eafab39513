/** How a stretch of text is drawn. Colours are numbers of the palette, or r, g, b. */
export interface Style {
  fg?: Colour;
  bg?: Colour;
  bold?: true;
  dim?: true;
  italic?: true;
  underline?: true;
  strike?: true;
  inverse?: true;
}

/** 0 to 15 are the theme's; everything else is exact. */
export type Colour = number | readonly [number, number, number];

/** A stretch of text of one style. Its text is data: it is only ever drawn as a text node. */
export interface Span {
  text: string;
  style: Style;
  /** Stands for a character that has no shape of its own. */
  control?: true;
}

export const plain: Style = {};

// Escape sequences: CSI, OSC (ended by BEL or ST), other strings, and two-character ones.
const escape =
  // oxlint-disable-next-line no-control-regex
  /\x1b(?:\[([0-9;:?<=>!]*)([ -/]*)([@-~])|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[PX^_][^\x1b]*(?:\x1b\\)?|[ -/]*[0-~])?/g;
// oxlint-disable-next-line no-control-regex
const controls = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;

/** Tells whether a text has anything that parseAnsi would treat. */
export function isPlain(text: string): boolean {
  controls.lastIndex = 0;
  return !controls.test(text);
}

/**
 * Reads a line. Colours are kept, other sequences (cursor moves, titles, links) take no part: a log cannot
 * draw where it is not. Control characters and those that turn the direction of text are shown as signs.
 */
export function parseAnsi(text: string, begin: Style = plain): { spans: Span[]; end: Style } {
  const spans: Span[] = [];
  let style = begin;
  let from = 0;
  escape.lastIndex = 0;
  for (let match = escape.exec(text); match !== null; match = escape.exec(text)) {
    put(spans, text.slice(from, match.index), style);
    from = match.index + match[0].length;
    if (match[3] === "m" && match[2] === "" && !/[?<=>!]/.test(match[1] ?? "")) style = sgr(style, match[1] ?? "");
    else if (match[0] === "\x1b") spans.push({ text: "␛", style, control: true });
  }
  put(spans, text.slice(from), style);
  return { spans, end: style };
}

/** The text that is seen: what search and the width of a line go by. */
export function visible(text: string): string {
  if (isPlain(text)) return text;
  return parseAnsi(text)
    .spans.map((s) => s.text)
    .join("");
}

/** Only the style that a text ends in. */
export function endStyle(text: string, begin: Style): Style {
  return text.includes("\x1b") ? parseAnsi(text, begin).end : begin;
}

function put(spans: Span[], text: string, style: Style): void {
  let from = 0;
  controls.lastIndex = 0;
  for (let match = controls.exec(text); match !== null; match = controls.exec(text)) {
    if (match.index > from) spans.push({ text: text.slice(from, match.index), style });
    spans.push({ text: sign(match[0]), style, control: true });
    from = match.index + match[0].length;
  }
  if (from < text.length) spans.push({ text: text.slice(from), style });
}

/** The sign of a control character: U+2400 on for the old ones, else its number. */
function sign(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return "␡";
  return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
}

const off: Record<number, (keyof Style)[]> = {
  22: ["bold", "dim"],
  23: ["italic"],
  24: ["underline"],
  27: ["inverse"],
  29: ["strike"],
  39: ["fg"],
  49: ["bg"],
};
const on: Record<number, Style> = {
  1: { bold: true },
  2: { dim: true },
  3: { italic: true },
  4: { underline: true },
  7: { inverse: true },
  9: { strike: true },
};

/** Applies the numbers of a colour sequence. */
function sgr(before: Style, text: string): Style {
  let style = before;
  const codes = text === "" ? [0] : text.split(/[;:]/).map((n) => (n === "" ? 0 : Number(n)));
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] ?? 0;
    const gone = off[code];
    if (code === 0) style = plain;
    else if (on[code] !== undefined) style = { ...style, ...on[code] };
    else if (gone !== undefined) style = without(style, gone);
    else if (code >= 30 && code <= 37) style = { ...style, fg: code - 30 };
    else if (code >= 40 && code <= 47) style = { ...style, bg: code - 40 };
    else if (code >= 90 && code <= 97) style = { ...style, fg: code - 82 };
    else if (code >= 100 && code <= 107) style = { ...style, bg: code - 92 };
    else if (code === 38 || code === 48) {
      const [colour, used] = extended(codes.slice(i + 1));
      i += used;
      if (colour !== undefined) style = code === 38 ? { ...style, fg: colour } : { ...style, bg: colour };
    }
  }
  return style;
}

function without(style: Style, keys: (keyof Style)[]): Style {
  const out: Style = { ...style };
  for (const key of keys) delete out[key];
  return out;
}

function extended(rest: number[]): [Colour | undefined, number] {
  const [mode, a = 0, b = 0, c = 0] = rest;
  if (mode === 5) return [a <= 255 ? indexed(a) : undefined, 2];
  if (mode === 2) return [[a, b, c].every((n) => n <= 255) ? [a, b, c] : undefined, 4];
  return [undefined, 0];
}

/** The 256 colours: the theme's sixteen, a cube, greys. */
function indexed(n: number): Colour {
  if (n < 16) return n;
  if (n >= 232) {
    const grey = 8 + (n - 232) * 10;
    return [grey, grey, grey];
  }
  const level = (i: number): number => (i === 0 ? 0 : 55 + i * 40);
  const i = n - 16;
  return [level(Math.floor(i / 36)), level(Math.floor(i / 6) % 6), level(i % 6)];
}
