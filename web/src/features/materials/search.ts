import { parseUpdated, updatedQuery } from "../../entity/updated.ts";
import { oneText, present, type SearchValues, texts } from "../../lib/search-params.ts";
import type { FilterValues } from "../../ui/filter/filter.ts";
import type { Sort } from "../../ui/table/column.ts";

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
  /** A field, after a minus sign descending. */
  sort?: string;
  upload?: boolean;
}

const single = ["name", "kind", "state", "user", "updated"] as const;
const sortable = new Set(["name", "kind", "created", "updated"]);

/** Newest changes first, unless asked otherwise. */
export const usualSort: Sort = { by: "updated", descending: true };

/** Reads the URL of the list; what it does not know is dropped. */
export function parseList(values: SearchValues): ListSearch {
  const sort = oneText(values["sort"]);
  return present({
    ...Object.fromEntries(single.map((name) => [name, oneText(values[name])])),
    label: texts(values["label"]),
    updated: parseUpdated(values["updated"]),
    sort: sort !== undefined && sortable.has(sort.replace(/^-/, "")) ? sort : undefined,
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
  const { name, kind, state, label, user, updated } = search;
  const { by, descending } = sortOf(search);
  return {
    sort: [`${by},${descending ? "desc" : "asc"}`],
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

/** The order that a URL asks for. */
export function sortOf({ sort }: ListSearch): Sort {
  if (sort === undefined) return usualSort;
  return { by: sort.replace(/^-/, ""), descending: sort.startsWith("-") };
}

/** The order after a press on a column: the column's own, then turned around. The usual one is left out of the URL. */
export function nextSort(before: Sort, by: string): string | undefined {
  const descending = before.by === by ? !before.descending : by === "created" || by === "updated";
  if (by === usualSort.by && descending === usualSort.descending) return undefined;
  return `${descending ? "-" : ""}${by}`;
}
