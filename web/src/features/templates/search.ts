import { oneText, present, type SearchValues, texts } from "../../lib/search-params.ts";
import type { FilterValues } from "../../ui/filter/filter.ts";

/** What templates are filtered by, and the one whose details are open. */
export interface TemplatesSearch {
  q?: string;
  kind?: string;
  label?: readonly string[];
  details?: string;
}

/** Reads the URL of the templates. */
export function parseTemplates(values: SearchValues): TemplatesSearch {
  return present({
    q: oneText(values["q"]),
    kind: oneText(values["kind"]),
    label: texts(values["label"]),
    details: oneText(values["details"]),
  });
}

/** The filter as the tokens of the filter bar. */
export function toTokens({ q, kind, label }: TemplatesSearch): FilterValues {
  return present({
    q: q === undefined ? undefined : [q],
    kind: kind === undefined ? undefined : [kind],
    label,
  }) as FilterValues;
}

/** The tokens of the filter bar as the filter. */
export function fromTokens(values: FilterValues): TemplatesSearch {
  return present({ q: values["q"]?.[0], kind: values["kind"]?.[0], label: values["label"] });
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
    (search.label ?? []).every((label) => metadata.labels.includes(label))
  );
}
