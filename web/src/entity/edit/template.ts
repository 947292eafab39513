import { asJson, isObject } from "../../lib/json.ts";
import type { Template } from "./queries.ts";
import type { Beginning } from "./state.ts";

/** What a form begins with when a template is taken. */
export function templateStart({ id, kind, metadata, spec }: Template): Beginning {
  const given = asJson(spec);
  return {
    kind,
    template: id,
    metadata: { description: metadata.description, ...(metadata.labels.length > 0 && { labels: metadata.labels }) },
    spec: isObject(given) ? given : {},
  };
}
