import type { Field } from "./field.ts";

/** The field that a path of names leads to; lists count as what they hold. */
export function fieldOf(field: Field | undefined, path: readonly string[]): Field | undefined {
  const at = reach(field);
  const [name, ...rest] = path;
  if (name === undefined || at === undefined) return at;
  if (at.type === "object") return fieldOf(at.fields.find((f) => f.name === name) ?? at.extra, rest);
  if (at.type === "map") return fieldOf(at.item, rest);
  return undefined;
}

/** Through lists and unions to what has members. */
function reach(field: Field | undefined): Field | undefined {
  if (field?.type === "list") return reach(field.item);
  if (field?.type !== "union") return field;
  const holder = field.variants.find((v) => v.type === "object" || v.type === "list" || v.type === "map");
  return reach(holder ?? field.variants[0]);
}
