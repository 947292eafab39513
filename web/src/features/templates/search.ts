import { oneText, present, type SearchValues } from "../../lib/search-params.ts";
import type { FilterValues } from "../../ui/filter/filter.ts";

/** What templates are filtered by, and the one whose details are open. */
export interface TemplatesSearch {
  q?: string;
  kind?: string;
  label?: string;
  details?: string;
}

/** Reads the URL of the templates. */
export function parseTemplates(values: SearchValues): TemplatesSearch {
  return present({
    q: oneText(values["q"]),
    kind: oneText(values["kind"]),
    label: oneText(values["label"]),
    details: oneText(values["details"]),
  });
}

const filters = ["q", "kind", "label"] as const;

/** The filter as the tokens of the filter bar. */
export function toTokens(search: TemplatesSearch): FilterValues {
  return present(
    Object.fromEntries(filters.map((id) => [id, search[id] === undefined ? undefined : [search[id]]])),
  ) as FilterValues;
}

/** The tokens of the filter bar as the filter. */
export function fromTokens(values: FilterValues): TemplatesSearch {
  return present(Object.fromEntries(filters.map((id) => [id, values[id]?.[0]])));
}

interface Template {
  name: string;
  kind: string;
  metadata: { name: string; description: string; labels: readonly string[] };
}

/** Whether a template is among those that are asked for. */
export function matches({ name, kind, metadata }: Template, search: TemplatesSearch): boolean {
  const text = [name, metadata.name, metadata.description].join("\n").toLowerCase();
  return (
    (search.q === undefined || text.includes(search.q.toLowerCase())) &&
    (search.kind === undefined || kind === search.kind) &&
    (search.label === undefined || metadata.labels.includes(search.label))
  );
}
