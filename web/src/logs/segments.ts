import type { Span } from "./ansi.ts";

/** A stretch of a row that was found, from which to which character of what is seen. */
export interface Found {
  from: number;
  to: number;
  /** The one that n and N stand at. */
  current: boolean;
}

export interface Segment extends Span {
  /** Where in the row it begins. */
  at: number;
  found?: "match" | "current";
}

/** Cuts the stretches of a row where something was found begins and ends. */
export function segments(spans: readonly Span[], found: readonly Found[]): Segment[] {
  const out: Segment[] = [];
  let at = 0;
  for (const span of spans) {
    const end = at + span.text.length;
    let from = at;
    const put = (to: number, mark: Found | undefined): void => {
      if (to <= from) return;
      const text = span.text.slice(from - at, to - at);
      out.push({ ...span, text, at: from, ...(mark && { found: mark.current ? "current" : "match" }) });
      from = to;
    };
    for (const mark of found) {
      if (mark.to <= from || mark.from >= end) continue;
      put(Math.min(end, Math.max(from, mark.from)), undefined);
      put(Math.min(end, mark.to), mark);
    }
    put(end, undefined);
    at = end;
  }
  return out;
}
