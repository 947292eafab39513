import { parseSorts } from "../../lib/sort.ts";
import { oneText, present, type SearchValues, texts } from "../../lib/search-params.ts";
import type { FilterValues } from "../../ui/filter/filter.ts";

/** The most runs that are compared at once. */
export const mostCompared = 10;

/** What the rows of the list are grouped by. */
export const groupings = ["function", "state", "label"] as const;
export type Grouping = (typeof groupings)[number];

/** What the list looks like beside a table: bars over time. */
export const listViews = ["timeline"] as const;
export type ListView = (typeof listViews)[number];

/** How the list can be ordered, by the server's words. */
export const sorts = ["created", "name", "state", "function", "duration", "createdBy", "kind", "updated"];

/** Newest first, unless asked otherwise. */
export const usualSort = ["created,desc"];

/** What selects runs, as the server understands it; all of it lies in the URL of the list. */
export interface RunFilter {
  /** Part of the name or id. */
  q?: string;
  kind?: string;
  state?: readonly string[];
  /** The exact name of a function. */
  function?: string;
  action?: string;
  user?: string;
  trigger?: string;
  label?: readonly string[];
  /** A span that ends now, such as 24h, or the moment when the time begins. */
  since?: string;
  until?: string;
}

/** The URL of the list: what is selected, and how it is shown. */
export interface RunsSearch extends RunFilter {
  sort?: readonly string[];
  /** Absent means not grouped in the table, and by function over time. */
  group?: Grouping | "none";
  view?: ListView;
  /** The run whose log is peeked into. */
  peek?: string;
}

/** The spans that the time filter offers. */
export const spans: Readonly<Record<string, number>> = { "1h": 3600, "24h": 86_400, "7d": 604_800, "30d": 2_592_000 };

/** Reads the URL of the list; what it does not know is dropped. */
export function parseRuns(values: SearchValues): RunsSearch {
  const since = oneText(values["since"]);
  return present({
    q: oneText(values["q"]),
    kind: oneText(values["kind"]),
    state: texts(values["state"]),
    function: oneText(values["function"]),
    action: oneText(values["action"]),
    user: oneText(values["user"]),
    trigger: oneText(values["trigger"]),
    label: texts(values["label"]),
    since: since !== undefined && (Object.hasOwn(spans, since) || isMoment(since)) ? since : undefined,
    until: moment(values["until"]),
    sort: parseSorts(values["sort"], sorts),
    group: values["group"] === "none" ? "none" : groupings.find((known) => known === values["group"]),
    view: listViews.find((known) => known === values["view"]),
    peek: oneText(values["peek"]),
  });
}

function isMoment(text: string): boolean {
  return !Number.isNaN(Date.parse(text));
}

function moment(value: unknown): string | undefined {
  const text = oneText(value);
  return text !== undefined && isMoment(text) ? text : undefined;
}

/** The part of the URL that selects runs. */
export function filterOf(search: RunsSearch): RunFilter {
  const { sort: _, group: _group, view: _view, peek: _peek, ...filter } = search;
  return filter;
}

/** What the rows are grouped by: what the URL says, or a lane for each function where bars are shown. */
export function groupingOf({ group, view }: RunsSearch): Grouping | undefined {
  if (group === "none") return undefined;
  return group ?? (view === "timeline" ? "function" : undefined);
}

interface Shown {
  sort?: readonly string[] | undefined;
  group?: RunsSearch["group"] | undefined;
  view?: ListView | undefined;
}

/** The part of the URL that says how the list is shown. */
export function shownOf({ sort: by, group, view }: Shown): RunsSearch {
  return present({ sort: by, group, view });
}

const single = ["q", "kind", "function", "action", "user", "trigger"] as const;

/** The filter as the tokens of the filter bar; a time is one token. */
export function toTokens(filter: RunFilter): FilterValues {
  const time = timeToken(filter);
  return present({
    ...Object.fromEntries(single.map((id) => [id, filter[id] === undefined ? undefined : [filter[id]]])),
    state: filter.state,
    label: filter.label,
    time: time === undefined ? undefined : [time],
  }) as FilterValues;
}

/** The tokens of the filter bar as the filter. */
export function fromTokens(values: FilterValues): RunFilter {
  const [since, until] = (values["time"]?.[0] ?? "").split("/");
  return present({
    ...Object.fromEntries(single.map((id) => [id, values[id]?.[0]])),
    state: values["state"],
    label: values["label"],
    since: since === "" ? undefined : since,
    until: until === "" ? undefined : until,
  });
}

/** The time of a filter as one text: 24h, or begin/end. */
export function timeToken({ since, until }: RunFilter): string | undefined {
  if (since === undefined && until === undefined) return undefined;
  return until === undefined ? since : `${since ?? ""}/${until}`;
}

/** The server's query of a filter. A span is counted back from now. */
export function toQuery(filter: RunFilter, now: number) {
  const span = filter.since !== undefined && Object.hasOwn(spans, filter.since) ? spans[filter.since] : undefined;
  const since = span === undefined ? filter.since : new Date(now - span * 1000).toISOString();
  return present({
    q: filter.q,
    kind: filter.kind,
    state: filter.state === undefined ? undefined : [...filter.state],
    functionName: filter.function,
    action: filter.action,
    user: filter.user,
    trigger: filter.trigger,
    labels: filter.label === undefined ? undefined : [...filter.label],
    since,
    until: filter.until,
  });
}
