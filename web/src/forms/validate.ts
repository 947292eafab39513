import { equal, isObject, type Json } from "../lib/json.ts";
import type { Field, ListField, MapField, NumberField, TextField } from "./field.ts";
import { type Hint, hintOf, type Hints, isPair, pairNames, type Widget, widgetOf } from "./hints.ts";
import { hasForm } from "./pattern-words.ts";
import { isQuantity } from "./quantity.ts";
import { parseCron } from "./cron.ts";
import { variantOf } from "./union.ts";
import { child, get } from "./value.ts";

/** A rule that a value breaks. Its words are made where it is shown, in the language spoken. */
export type Rule =
  | { rule: "required" }
  | { rule: "type"; want: "number" | "integer" | "text" | "boolean" | "list" | "object" | "other" }
  | { rule: "precision" }
  | { rule: "enum"; options: Json[] }
  | { rule: "pattern"; pattern: string }
  | { rule: "format"; format: string }
  | { rule: "min" | "max" | "above" | "under" | "step"; limit: number }
  | { rule: "min-length" | "max-length" | "min-items" | "max-items"; limit: number }
  | { rule: "unique"; value: string }
  | { rule: "quantity"; unit: string }
  | { rule: "cron"; error: string }
  | { rule: "unknown" }
  | { rule: "server"; message: string };

export type Problem = { pointer: string } & Rule;

/** Finds what the client can know to be wrong. The server's answer remains the authority. */
export function validate(
  field: Field,
  hints: Hints,
  value: Json | undefined,
  pointer = "",
  omit: readonly string[] = [],
): Problem[] {
  const found: Problem[] = [];
  check(field, hintOf(field, hints), hints, value, pointer, omit, found);
  return found;
}

function check(
  field: Field,
  hint: Hint,
  hints: Hints,
  value: Json | undefined,
  pointer: string,
  omit: readonly string[],
  out: Problem[],
): void {
  if (omit.includes(pointer) && pointer !== "") return;
  if (value === undefined || value === null) {
    if (field.required && !field.readOnly && field.type !== "any") {
      out.push({ pointer, rule: "required" });
    }
    // Members that must be there are missed at their own place, not at the place of what holds them.
    if (field.required && field.type === "object") inner(field.fields, hints, {}, pointer, omit, out);
    return;
  }
  if (field.readOnly) return;
  const widget = widgetOf(field, hint);
  switch (field.type) {
    case "text":
      return text(field, hint, widget, value, pointer, out);
    case "number":
      return number(field, hint, widget, value, pointer, out);
    case "boolean":
      if (typeof value !== "boolean") out.push({ pointer, rule: "type", want: "boolean" });
      return;
    case "choice":
      if (!field.options.some((o) => equal(o.value, value))) {
        out.push({ pointer, rule: "enum", options: field.options.map((o) => o.value) });
      }
      return;
    case "list":
      return list(field, hints, value, pointer, omit, out);
    case "map":
      return map(field, hints, value, pointer, omit, out);
    case "object":
      if (!isObject(value)) out.push({ pointer, rule: "type", want: "object" });
      else {
        inner(field.fields, hints, value, pointer, omit, out);
        const names = new Set(field.fields.map((f) => f.name));
        const others = Object.keys(value).filter((n) => !names.has(n));
        for (const name of others) {
          if (field.extra === undefined) out.push({ pointer: child(pointer, name), rule: "unknown" });
          else below(field.extra, hints.items(), value[name], child(pointer, name), omit, out);
        }
      }
      return;
    case "union": {
      const variant = variantOf(field, value);
      if (variant === undefined) out.push({ pointer, rule: "type", want: "other" });
      else check(variant, hint, hints, value, pointer, omit, out);
      return;
    }
    case "any":
    case "island":
      return;
  }
}

function below(
  field: Field,
  hints: Hints,
  value: Json | undefined,
  pointer: string,
  omit: readonly string[],
  out: Problem[],
): void {
  check(field, hintOf(field, hints), hints, value, pointer, omit, out);
}

function inner(
  fields: readonly Field[],
  hints: Hints,
  value: Json,
  pointer: string,
  omit: readonly string[],
  out: Problem[],
): void {
  for (const field of fields) {
    below(field, hints.of(field.name), get(value, child("", field.name)), child(pointer, field.name), omit, out);
  }
}

function text(field: TextField, hint: Hint, widget: Widget, value: Json, pointer: string, out: Problem[]): void {
  if (typeof value !== "string") {
    out.push({ pointer, rule: "type", want: "text" });
    return;
  }
  const length = Array.from(value).length;
  if (value === "" && field.required && (field.min ?? 0) > 0) out.push({ pointer, rule: "required" });
  else if (field.min !== undefined && length < field.min) out.push({ pointer, rule: "min-length", limit: field.min });
  else if (field.max !== undefined && length > field.max) out.push({ pointer, rule: "max-length", limit: field.max });
  else if (widget === "quantity") {
    if (!isQuantity(value, hint.unit)) out.push({ pointer, rule: "quantity", unit: hint.unit ?? "" });
  } else if (widget === "cron") {
    const schedule = parseCron(value);
    if ("error" in schedule) out.push({ pointer, rule: "cron", error: schedule.error });
  } else if (field.pattern !== undefined && !hasForm(value, field.pattern)) {
    out.push({ pointer, rule: "pattern", pattern: field.pattern });
  } else if (field.format !== undefined && !isFormat(value, field.format)) {
    out.push({ pointer, rule: "format", format: field.format });
  }
}

function number(field: NumberField, hint: Hint, widget: Widget, value: Json, pointer: string, out: Problem[]): void {
  if (widget === "quantity" && typeof value === "string") {
    if (!isQuantity(value, hint.unit)) out.push({ pointer, rule: "quantity", unit: hint.unit ?? "" });
    return;
  }
  if (typeof value !== "number" || (field.integer && !Number.isInteger(value))) {
    out.push({ pointer, rule: "type", want: field.integer ? "integer" : "number" });
  } else if (Number.isInteger(value) && !Number.isSafeInteger(value)) out.push({ pointer, rule: "precision" });
  else if (field.min !== undefined && value < field.min) out.push({ pointer, rule: "min", limit: field.min });
  else if (field.max !== undefined && value > field.max) out.push({ pointer, rule: "max", limit: field.max });
  else if (field.above !== undefined && value <= field.above) out.push({ pointer, rule: "above", limit: field.above });
  else if (field.under !== undefined && value >= field.under) out.push({ pointer, rule: "under", limit: field.under });
  else if (field.step !== undefined && !isMultiple(value, field.step)) {
    out.push({ pointer, rule: "step", limit: field.step });
  }
}

function isMultiple(value: number, step: number): boolean {
  const times = value / step;
  return Math.abs(times - Math.round(times)) < 1e-9 * Math.max(1, Math.abs(times));
}

function list(
  field: ListField,
  hints: Hints,
  value: Json,
  pointer: string,
  omit: readonly string[],
  out: Problem[],
): void {
  if (!Array.isArray(value)) {
    out.push({ pointer, rule: "type", want: "list" });
    return;
  }
  size(field, value.length, pointer, out);
  for (const [i, item] of value.entries()) below(field.item, hints.items(), item, child(pointer, i), omit, out);
  const names = isPair(field.item) ? pairNames(field.item) : undefined;
  const said = value.map((item) => (names === undefined ? item : get(item, child("", names.key))));
  if (!field.unique && names === undefined) return;
  for (const [i, item] of said.entries()) {
    if (item !== undefined && said.slice(0, i).some((before) => equal(before, item))) {
      out.push({
        pointer: child(pointer, i),
        rule: "unique",
        value: typeof item === "string" ? item : JSON.stringify(item),
      });
    }
  }
}

function map(
  field: MapField,
  hints: Hints,
  value: Json,
  pointer: string,
  omit: readonly string[],
  out: Problem[],
): void {
  if (!isObject(value)) {
    out.push({ pointer, rule: "type", want: "object" });
    return;
  }
  const names = Object.keys(value);
  size(field, names.length, pointer, out);
  for (const name of names) {
    const at = child(pointer, name);
    if (field.keyPattern !== undefined && !hasForm(name, field.keyPattern)) {
      out.push({ pointer: at, rule: "pattern", pattern: field.keyPattern });
    }
    below(field.item, hints.items(), value[name], at, omit, out);
  }
}

function size(field: { min?: number; max?: number }, n: number, pointer: string, out: Problem[]): void {
  if (field.min !== undefined && n < field.min) out.push({ pointer, rule: "min-items", limit: field.min });
  if (field.max !== undefined && n > field.max) out.push({ pointer, rule: "max-items", limit: field.max });
}

const formats: Record<string, (text: string) => boolean> = {
  uri: (t) => /^[a-zA-Z][a-zA-Z0-9+.-]*:\S+$/.test(t),
  email: (t) => /^[^@\s]+@[^@\s]+$/.test(t),
  "date-time": (t) =>
    /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i.test(t) && !Number.isNaN(Date.parse(t)),
  date: (t) => /^\d{4}-\d\d-\d\d$/.test(t) && !Number.isNaN(Date.parse(t)),
  time: (t) => /^\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/i.test(t),
  uuid: (t) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(t),
};

function isFormat(value: string, format: string): boolean {
  return !Object.hasOwn(formats, format) || formats[format]?.(value) !== false;
}
