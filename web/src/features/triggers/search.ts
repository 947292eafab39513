import { oneText, present, type SearchValues } from "../../lib/search-params.ts";
import { parseSorts } from "../../lib/sort.ts";
import type { FilterValues } from "../../ui/filter/filter.ts";

/** What the list of triggers is filtered by. */
export interface TriggerFilter {
  name?: string;
  kind?: string;
  state?: string;
  function?: string;
  /** Its order, where it is not the usual one (lib/sort.ts). */
  sort?: readonly string[];
}

const sortable = ["name", "kind", "state", "task", "updated"];

/** Newest changes first, unless asked otherwise. */
export const usualSort = ["updated,desc"];

/** Reads the URL of the list; what it does not know is dropped. */
export function parseFilter(values: SearchValues): TriggerFilter {
  return present({
    name: oneText(values["name"]),
    kind: oneText(values["kind"]),
    state: oneText(values["state"]),
    function: oneText(values["function"]),
    sort: parseSorts(values["sort"], sortable),
  });
}

/** The filter as the tokens of the filter bar. */
export function toTokens(search: TriggerFilter): FilterValues {
  const { sort: _, ...filter } = search;
  return Object.fromEntries(Object.entries(filter).map(([name, value]) => [name, [value]]));
}

/** The tokens of the filter bar as the filter. */
export function fromTokens(values: FilterValues): TriggerFilter {
  return present({
    name: values["name"]?.[0],
    kind: values["kind"]?.[0],
    state: values["state"]?.[0],
    function: values["function"]?.[0],
  });
}

/** The tabs of a trigger's page. */
export const tabs = ["summary", "runs", "spec"] as const;
export type TriggerTab = (typeof tabs)[number];

export function parsePage(values: SearchValues): { tab?: TriggerTab } {
  return present({ tab: tabs.find((tab) => tab === values["tab"] && tab !== "summary") });
}

/** What the form of a new trigger begins with. */
export interface NewTriggerSearch {
  kind?: "scheduler" | "lifecycle";
  function?: string;
  action?: string;
  v?: string;
}

export function parseNew(values: SearchValues): NewTriggerSearch {
  const kind = oneText(values["kind"]);
  return present({
    kind: kind === "scheduler" || kind === "lifecycle" ? kind : undefined,
    function: oneText(values["function"]),
    action: oneText(values["action"]),
    v: oneText(values["v"]),
  });
}

/** The server's query of a filter. */
export function toQuery({ name, kind, state, function: of, sort }: TriggerFilter) {
  return { sort: [...(sort ?? usualSort)], ...present({ q: name, kind, state, functionName: of }) };
}
