import { oneText, present, type SearchValues } from "../../lib/search-params.ts";

/** How far back the overview looks, and into how many parts it divides that time. */
export const spans = { "1h": 30, "24h": 48, "7d": 56 } as const;
export type Span = keyof typeof spans;

/** The span where the URL names none. */
export const usual: Span = "24h";

function isSpan(text: string): text is Span {
  return Object.hasOwn(spans, text);
}

export interface OverviewSearch {
  span?: Span;
  /** The dialog that imports documents is open. */
  import?: boolean;
}

/** Reads the URL of the overview; the usual span stays out of it. */
export function parseOverview(values: SearchValues): OverviewSearch {
  const span = oneText(values["span"]);
  return present({
    span: span !== undefined && isSpan(span) && span !== usual ? span : undefined,
    import: values["import"] === "true" || values["import"] === true ? true : undefined,
  });
}
