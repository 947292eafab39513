import { parseUpdated, updatedQuery } from "../../entity/updated.ts";
import { parseSorts } from "../../lib/sort.ts";
import { oneText, present, type SearchValues, texts } from "../../lib/search-params.ts";
import type { FilterValues } from "../../ui/filter/filter.ts";

/** What the list of functions is filtered by, as its URL says. */
export interface FunctionFilter {
  name?: string;
  kind?: string;
  label?: readonly string[];
  /** Who made it. */
  user?: string;
  /** When it was changed last (entity/updated.ts). */
  updated?: string;
  /** Its order, where it is not the usual one (lib/sort.ts). */
  sort?: readonly string[];
}

const sortable = ["name", "kind", "updated", "updatedBy"];

/** Newest changes first, unless asked otherwise. */
export const usualSort = ["updated,desc"];

/** Reads the URL of the list; what it does not know is dropped. */
export function parseFilter(values: SearchValues): FunctionFilter {
  return present({
    name: oneText(values["name"]),
    kind: oneText(values["kind"]),
    label: texts(values["label"]),
    user: oneText(values["user"]),
    updated: parseUpdated(values["updated"]),
    sort: parseSorts(values["sort"], sortable),
  });
}

/** The filter as the tokens of the filter bar. */
export function toTokens(filter: FunctionFilter): FilterValues {
  return present({
    name: filter.name === undefined ? undefined : [filter.name],
    kind: filter.kind === undefined ? undefined : [filter.kind],
    label: filter.label,
    user: filter.user === undefined ? undefined : [filter.user],
    updated: filter.updated === undefined ? undefined : [filter.updated],
  }) as FilterValues;
}

/** The tokens of the filter bar as the filter. */
export function fromTokens(values: FilterValues): FunctionFilter {
  return present({
    name: values["name"]?.[0],
    kind: values["kind"]?.[0],
    label: values["label"],
    user: values["user"]?.at(-1), // there is one author: the one typed last
    updated: values["updated"]?.[0],
  });
}

/** The server's query of a filter. */
export function toQuery({ name, kind, label, user, updated, sort }: FunctionFilter, now: number) {
  return {
    sort: [...(sort ?? usualSort)],
    ...present({
      q: name,
      kind,
      labels: label === undefined ? undefined : [...label],
      user,
      updated: updated === undefined ? undefined : updatedQuery(updated, now),
    }),
  };
}
