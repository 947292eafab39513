import { parseUpdated, updatedQuery } from "../../entity/updated.ts";
import { parseSorts } from "../../lib/sort.ts";
import { oneText, present, type SearchValues, texts } from "../../lib/search-params.ts";
import type { FilterValues } from "../../ui/filter/filter.ts";

/** What the list is filtered and sorted by, and whether its upload dialog is open, as its URL says. */
export interface ListSearch {
  name?: string;
  kind?: string;
  state?: string;
  label?: readonly string[];
  /** Who made it. */
  user?: string;
  /** When it was changed last (entity/updated.ts). */
  updated?: string;
  /** Its order, where it is not the usual one (lib/sort.ts). */
  sort?: readonly string[];
  upload?: boolean;
}

const single = ["name", "kind", "state", "user", "updated"] as const;
const sortable = ["name", "kind", "state", "created", "updated", "updatedBy"];

/** Newest changes first, unless asked otherwise. */
export const usualSort = ["updated,desc"];

/** Reads the URL of the list; what it does not know is dropped. */
export function parseList(values: SearchValues): ListSearch {
  return present({
    ...Object.fromEntries(single.map((name) => [name, oneText(values[name])])),
    label: texts(values["label"]),
    updated: parseUpdated(values["updated"]),
    sort: parseSorts(values["sort"], sortable),
    upload: String(values["upload"]) === "true" ? true : undefined,
  });
}

/** The filter as the tokens of the filter bar. */
export function toTokens(search: ListSearch): FilterValues {
  const tokens = Object.fromEntries(
    single.map((name) => [name, search[name] === undefined ? undefined : [search[name]]]),
  );
  return present({ ...tokens, label: search.label }) as FilterValues;
}

/** The tokens of the filter bar as the filter. */
export function fromTokens(values: FilterValues): ListSearch {
  return present({ ...Object.fromEntries(single.map((name) => [name, values[name]?.at(-1)])), label: values["label"] });
}

/** The server's query of a filter and an order. */
export function toQuery(search: ListSearch, now: number) {
  const { name, kind, state, label, user, updated, sort } = search;
  return {
    sort: [...(sort ?? usualSort)],
    ...present({
      q: name,
      kind,
      state,
      labels: label === undefined ? undefined : [...label],
      user,
      updated: updated === undefined ? undefined : updatedQuery(updated, now),
    }),
  };
}
