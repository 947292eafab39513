import { oneText, present, type SearchValues, texts } from "../../lib/search-params.ts";
import type { FilterValues } from "../../ui/filter/filter.ts";

/** What the URL of the search holds. */
export interface SearchFilter {
  q?: string;
  type?: readonly string[];
  kind?: readonly string[];
  state?: readonly string[];
  label?: readonly string[];
  /** How long ago it was changed at most, one of spans. */
  updated?: string;
  /** all: each version is a hit of its own; else the newest of each name. */
  versions?: "all";
}

const day = 86_400;
/** The spans that the filter by time offers, in seconds. */
export const spans: Readonly<Record<string, number>> = {
  "24h": day,
  "7d": 7 * day,
  "30d": 30 * day,
  "365d": 365 * day,
};

/** The server's filter of what was changed within a span before now. */
export function changedWithin(span: string, now: number): string {
  return `metadata.updated:[${new Date(now - (spans[span] ?? 0) * 1000).toISOString()} TO *]`;
}

/** The types that are found, in the order in which they are offered. */
export const types = [
  "function",
  "run",
  "dataitem",
  "model",
  "artifact",
  "trigger",
  "secret",
  "workflow",
  "project",
] as const;
export type FoundType = (typeof types)[number];

export function isType(type: string): type is FoundType {
  return types.some((known) => known === type);
}

/** Reads the URL; what it does not know is dropped. */
export function parseFilter(values: SearchValues): SearchFilter {
  const asked = texts(values["type"])?.filter(isType);
  const updated = oneText(values["updated"]);
  return present({
    q: oneText(values["q"]),
    type: asked === undefined || asked.length === 0 ? undefined : asked,
    kind: texts(values["kind"]),
    state: texts(values["state"]),
    label: texts(values["label"]),
    updated: updated !== undefined && Object.hasOwn(spans, updated) ? updated : undefined,
    versions: oneText(values["versions"]) === "all" ? ("all" as const) : undefined,
  });
}

/** The filter as the tokens of the filter bar. */
export function toTokens({ q, type, kind, state, label, updated, versions }: SearchFilter): FilterValues {
  return present({
    q: q === undefined ? undefined : [q],
    type,
    kind,
    state,
    label,
    updated: updated === undefined ? undefined : [updated],
    versions: versions === undefined ? undefined : [versions],
  }) as FilterValues;
}

/** The tokens of the filter bar as the filter. */
export function fromTokens(values: FilterValues): SearchFilter {
  return parseFilter({ ...values });
}
