import { isObject, type JsonObject } from "../../lib/json.ts";

/** What a spec sets, a word or two for each: scalars with their value, lists by how many there are. */
export function setWords(spec: JsonObject, within = ""): string[] {
  return Object.entries(spec).flatMap(([name, value]) => {
    const path = `${within}${name}`;
    if (Array.isArray(value)) return [`${path} (${value.length})`];
    if (isObject(value)) return setWords(value, `${path}.`);
    return [`${path} ${String(value)}`];
  });
}
