import type { Format } from "../i18n/format.ts";
import type { Messages } from "../i18n/language.ts";
import { oneText } from "../lib/search-params.ts";
import type { Filter } from "../ui/filter/filter.ts";

const seconds: Readonly<Record<string, number>> = { "1h": 3600, "24h": 86_400, "7d": 604_800, "30d": 2_592_000 };

const isMoment = (text: string) => !Number.isNaN(Date.parse(text));

/** When something was changed last, as a URL says: a span such as 24h, a moment, or two of them as from/to. */
export function parseUpdated(value: unknown): string | undefined {
  const text = oneText(value);
  if (text === undefined || Object.hasOwn(seconds, text)) return text;
  const [from = "", to, ...more] = text.split("/");
  return more.length === 0 && isMoment(from) && (to === undefined || isMoment(to)) ? text : undefined;
}

/** The same as the API takes it: from, or from and to. A span is counted back from now. */
export function updatedQuery(token: string, now: number): string {
  const span = Object.hasOwn(seconds, token) ? seconds[token] : undefined;
  if (span !== undefined) return new Date(now - span * 1000).toISOString();
  return token
    .split("/")
    .map((moment) => new Date(moment).toISOString())
    .join(",");
}

/** The filter of a list by when rows were changed; a range that only a URL can hold is named as it is. */
export function updatedFilter(m: Messages, f: Format, token: string | undefined): Filter {
  const spans = Object.keys(seconds).map((span) => ({ value: span, label: m.runs.span(span) }));
  const other =
    token === undefined || Object.hasOwn(seconds, token)
      ? []
      : [{ value: token, label: token.split("/").map(f.dateTime).join(" – ") }];
  return { id: "updated", label: m.functions.updated, type: "choice", options: [...spans, ...other] };
}

/** The filter of a list by who made its rows. Those that are seen are offered; any other can be typed. */
export function authorFilter(m: Messages, rows: readonly { metadata: { created_by: string } }[]): Filter {
  const seen = [...new Set(rows.map(({ metadata }) => metadata.created_by))].sort();
  return {
    id: "user",
    label: m.entities.author,
    type: "text",
    options: seen.map((value) => ({ value, label: value })),
  };
}
