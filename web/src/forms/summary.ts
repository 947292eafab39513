import { isObject, type Json } from "../lib/json.ts";
import type { Field } from "./field.ts";
import type { Placed } from "./layout.ts";
import { get } from "./value.ts";

/** What a folded group has set: a short list of words, at most four, and how many more there are. */
export interface Summary {
  set: number;
  words: string[];
  more: number;
}

const most = 4;

/** Sums up the fields of a group in one line; writeTime writes the moments in it. */
export function summarise(
  fields: readonly Placed[],
  value: Json | undefined,
  writeTime: (iso: string) => string,
): Summary {
  const words: string[] = [];
  let set = 0;
  for (const p of fields) {
    const held = get(value, p.pointer);
    if (held === undefined || held === null) continue;
    set++;
    words.push(...wordsOf(p, held, writeTime));
  }
  return { set, words: words.slice(0, most), more: Math.max(0, words.length - most) };
}

function wordsOf({ field, hint }: Placed, held: Json, writeTime: (iso: string) => string): string[] {
  if (field.secret) return ["•••"];
  // A list says itself by what is in it; anything else needs its name.
  if (Array.isArray(held)) return held.map((item) => short(nameOf(item)));
  if (isObject(held)) return Object.entries(held).map(([name, v]) => short(memberOf(field, name, v)));
  if (typeof held === "boolean") return held ? [field.name] : [`${field.name} no`];
  if (field.type === "text" && field.format === "date-time" && typeof held === "string")
    return [`${field.name} ${writeTime(held)}`];
  return [short(hint.widget === "profile" || hint.widget === "cron" ? String(held) : `${field.name} ${String(held)}`)];
}

/** A member of an object in a word or two: of what is secret or encoded only that it is there. */
function memberOf(field: Field, name: string, value: Json): string {
  const inner = field.type === "object" ? field.fields.find((f) => f.name === name) : undefined;
  if (inner?.secret === true) return `${name} •••`;
  const encoded = inner?.type === "text" && inner.base64;
  return scalar(value) && !encoded ? `${name} ${String(value)}` : name;
}

function nameOf(item: Json): string {
  if (scalar(item)) return String(item);
  const name = isObject(item) ? (item["name"] ?? item["key"]) : undefined;
  return typeof name === "string" ? name : "…";
}

function scalar(v: Json): v is string | number | boolean {
  return typeof v === "string" || typeof v === "number" || typeof v === "boolean";
}

function short(text: string): string {
  const line = text.split("\n")[0] ?? "";
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
