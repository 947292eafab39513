import { equal, isObject, type Json } from "../lib/json.ts";
import type { Field, UnionField } from "./field.ts";
import { type Hint, widgetOf } from "./hints.ts";
import { hasForm } from "./pattern-words.ts";

/** Tells whether a value has a field's type, its finer rules aside. */
export function hasType(field: Field, value: Json): boolean {
  switch (field.type) {
    case "text":
      return typeof value === "string";
    case "number":
      return typeof value === "number" && (!field.integer || Number.isInteger(value));
    case "boolean":
      return typeof value === "boolean";
    case "choice":
      return field.options.some((o) => equal(o.value, value));
    case "list":
      return Array.isArray(value);
    case "map":
    case "object":
      return isObject(value);
    case "union":
      return field.variants.some((v) => hasType(v, value));
    case "any":
    case "island":
      return true;
  }
}

/** The variant that a value is of; the first for no value; undefined for a value that fits none. */
export function variantOf(field: UnionField, value: Json | undefined): Field | undefined {
  if (value === undefined || value === null) return field.variants[0];
  const fitting = field.variants.filter((v) => hasType(v, value));
  // Of two texts, the one whose form it has.
  return (
    fitting.find(
      (v) => v.type !== "text" || v.pattern === undefined || (typeof value === "string" && hasForm(value, v.pattern)),
    ) ?? fitting[0]
  );
}

/**
 * Brings a value over to another variant, as far as it can be read there; undefined where it says nothing
 * in it, so that nothing is invented.
 */
export function convert(value: Json | undefined, to: Field): Json | undefined {
  if (value === undefined || value === null) return undefined;
  if (hasType(to, value)) return value;
  const text = typeof value === "string" ? value : isObject(value) || Array.isArray(value) ? undefined : String(value);
  if (text === undefined) return undefined;
  switch (to.type) {
    case "text":
      return text;
    case "number": {
      const n = Number(text);
      return text.trim() !== "" && Number.isFinite(n) && hasType(to, n) ? n : undefined;
    }
    case "boolean":
      return text === "true" ? true : text === "false" ? false : undefined;
    case "list":
      return text === "" ? undefined : [text];
    case "choice":
    case "map":
    case "object":
    case "union":
    case "any":
    case "island":
      return undefined;
  }
}

/** The field that edits a value, and the others that could. */
export interface Chosen {
  field: Field;
  variants: readonly Field[];
}

const containers = new Set(["list", "map", "object"]);

/**
 * Chooses what edits a value. Of variants that the hinted widget edits alike, one is offered. Where a schema
 * merely tolerates lists and objects beside its first type, these are offered only while the value is one.
 * picked is the variant a person chose before there is a value that tells.
 */
export function choices(field: Field, hint: Hint, value: Json | undefined, picked?: Field): Chosen {
  if (field.type !== "union") return { field, variants: [field] };
  const alike = field.variants.filter((v) => hint.widget !== undefined && widgetOf(v, hint) === hint.widget);
  const [same] = alike;
  const rest = field.variants.filter((v) => !alike.includes(v));
  const offered = same === undefined ? rest : [same, ...rest];
  const empty = value === undefined || value === null;
  const fitting = picked !== undefined && (empty || hasType(picked, value)) ? picked : variantOf(field, value);
  const now = fitting ?? offered[0] ?? field;
  const [first] = offered;
  const variants = offered.filter((v) => v === first || v === now || field.offered || !containers.has(v.type));
  // A number where the widget edits texts and numbers alike is still one row of the choice.
  return { field: now, variants: variants.length === 0 ? [now] : variants };
}

/** Which of the variants offered a field is, or is edited like. */
export function indexOf({ field, variants }: Chosen, hint: Hint): number {
  const i = variants.indexOf(field);
  return i >= 0 ? i : variants.findIndex((v) => widgetOf(v, hint) === widgetOf(field, hint));
}
