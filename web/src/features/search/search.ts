import { oneText, present, type SearchValues, texts } from "../../lib/search-params.ts";
import type { FilterValues } from "../../ui/filter/filter.ts";

/** What the URL of the search holds. */
export interface SearchFilter {
  q?: string;
  type?: readonly string[];
  kind?: readonly string[];
  state?: readonly string[];
  label?: readonly string[];
  /** all: each version is a hit of its own; else the newest of each name. */
  versions?: "all";
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
  return present({
    q: oneText(values["q"]),
    type: asked === undefined || asked.length === 0 ? undefined : asked,
    kind: texts(values["kind"]),
    state: texts(values["state"]),
    label: texts(values["label"]),
    versions: oneText(values["versions"]) === "all" ? ("all" as const) : undefined,
  });
}

/** The filter as the tokens of the filter bar. */
export function toTokens({ q, type, kind, state, label, versions }: SearchFilter): FilterValues {
  return present({
    q: q === undefined ? undefined : [q],
    type,
    kind,
    state,
    label,
    versions: versions === undefined ? undefined : [versions],
  }) as FilterValues;
}

/** The tokens of the filter bar as the filter. */
export function fromTokens(values: FilterValues): SearchFilter {
  return parseFilter({ ...values });
}
