import { visible } from "./ansi.ts";
import type { Row } from "./book.ts";

/** Where something was found: the row, and from which to which character of what is seen there. */
export interface Match {
  row: number;
  from: number;
  to: number;
}

export interface Query {
  pattern: RegExp;
  /** The text was no regular expression and is looked for as it stands. */
  literal: boolean;
  /** It repeats or chooses: there may be texts at which trying all ways has no end. */
  mayRunAway: boolean;
}

/** The texts of some rows; undefined for rows that have none. */
export type Rows = readonly (string | undefined)[];

/**
 * Reads what was typed into the search: a regular expression, or as it stands if it is none. Capitals count
 * only if some are typed.
 */
export function readQuery(text: string): Query | undefined {
  if (text === "") return undefined;
  const flags = /\p{Lu}/u.test(text.replaceAll(/\\./g, "")) ? "gu" : "giu";
  try {
    return { pattern: new RegExp(text, flags), literal: false, mayRunAway: /[*+?{|]/.test(text) };
  } catch {
    const escaped = text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, (c) => (c === "-" ? "\\x2d" : `\\${c}`));
    return { pattern: new RegExp(escaped, flags), literal: true, mayRunAway: false };
  }
}

/** The texts of rows from one index to another. */
export function textsOf(rows: readonly Row[], from: number, to: number): Rows {
  return rows.slice(from, to).map((row) => (row.kind === "text" ? row.text : undefined));
}

/** Finds all places in rows from one index to another, at most so many in a row as can be stepped through. */
export function findIn(rows: readonly Row[], { pattern }: Query, from: number, to: number): Match[] {
  return findInTexts(textsOf(rows, from, to), pattern, from);
}

/** Finds all places in texts, the first of which is that of the row with the index. */
export function findInTexts(texts: Rows, pattern: RegExp, first: number): Match[] {
  const found: Match[] = [];
  for (const [i, raw] of texts.entries()) {
    if (raw === undefined) continue;
    const text = visible(raw);
    let inRow = 0;
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match !== null && inRow < 1000; match = pattern.exec(text)) {
      if (match[0] === "") {
        pattern.lastIndex++; // what matches nothing is nowhere
        continue;
      }
      found.push({ row: first + i, from: match.index, to: match.index + match[0].length });
      inRow++;
    }
  }
  return found;
}

/** The index of the first match at or after a row; -1 if there is none. */
export function firstFrom(matches: readonly Match[], row: number): number {
  let low = 0;
  let high = matches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((matches[middle]?.row ?? 0) < row) low = middle + 1;
    else high = middle;
  }
  return low < matches.length ? low : -1;
}
