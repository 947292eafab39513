import { isObject, type Json, type JsonObject, member } from "../lib/json.ts";
import type { Field } from "./field.ts";
import { hintOf, type Hints, pairNames } from "./hints.ts";

/** A row of a name and a value. */
export interface Pair {
  key: string;
  value: Json | undefined;
}

/** How rows are kept: as an object's members, or as a list of objects that have name and value. */
export type PairShape = { as: "object" } | { as: "list"; key: string; value: string };

/** The shape that a field's value has, or will have once something is typed. */
export function pairShape(field: Field, value: Json | undefined): PairShape {
  if (isObject(value)) return { as: "object" };
  const list = (field.type === "union" ? field.variants : [field]).find((v) => v.type === "list");
  const first = field.type === "union" ? field.variants[0] : field;
  const names = list === undefined ? undefined : pairNames(list.item);
  if (names !== undefined && (Array.isArray(value) || first?.type === "list")) return { as: "list", ...names };
  return { as: "object" };
}

/** The field that edits the value of a row. */
export function pairValue(field: Field, shape: PairShape): Field | undefined {
  const variants = field.type === "union" ? field.variants : [field];
  if (shape.as === "object") {
    const map = variants.find((v) => v.type === "map");
    if (map?.type === "map") return map.item;
    const object = variants.find((v) => v.type === "object");
    return object?.type === "object" ? object.extra : undefined;
  }
  const list = variants.find((v) => v.type === "list");
  const item = list?.type === "list" ? list.item : undefined;
  return item?.type === "object" ? item.fields.find((f) => f.name === shape.value) : undefined;
}

/** Whether a row's value is a mere text box: without a picker or rules of its own it needs no field around it. */
export function isPlainRow(item: Field | undefined, hints: Hints): boolean {
  if (item === undefined) return true;
  if (item.type === "union") return item.variants[0]?.type === "text" && !item.offered;
  if (item.type !== "text") return false;
  const hint = hintOf(item, hints);
  return hint.widget === undefined && hint.entity === undefined && item.pattern === undefined && !item.secret;
}

/** Reads the rows of a value. */
export function readPairs(value: Json | undefined, shape: PairShape): Pair[] {
  if (isObject(value)) return Object.entries(value).map(([key, v]) => ({ key, value: v }));
  if (!Array.isArray(value) || shape.as !== "list") return [];
  return value.map((item) => ({ key: asText(member(item, shape.key)), value: member(item, shape.value) }));
}

/** Writes rows; in an object a row without a name is not sent, and of two with one name the later wins. */
export function writePairs(pairs: readonly Pair[], shape: PairShape): Json | undefined {
  if (shape.as === "list") {
    const list = pairs
      .filter((p) => p.key !== "" || p.value !== undefined)
      .map((p): Json => ({
        ...(p.key === "" ? {} : { [shape.key]: p.key }),
        ...(p.value === undefined ? {} : { [shape.value]: p.value }),
      }));
    return list.length === 0 ? undefined : list;
  }
  const out: JsonObject = {};
  let some = false;
  for (const { key, value } of pairs) {
    if (key === "") continue;
    Object.defineProperty(out, key, { value: value ?? "", enumerable: true, writable: true, configurable: true });
    some = true;
  }
  return some ? out : undefined;
}

/** Reads the value of a row whose type is open: what looks like a number, true, false, null or JSON is one. */
export function guess(text: string): Json {
  const trimmed = text.trim();
  if (!/^(?:-?\d|true$|false$|null$|[[{"])/.test(trimmed)) return text;
  try {
    const value: Json = JSON.parse(trimmed);
    // A number that would lose digits stays the text that was typed.
    return typeof value === "number" && !sameNumber(trimmed, value) ? text : value;
  } catch {
    return text;
  }
}

function sameNumber(text: string, value: number): boolean {
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value) || /[eE.]/.test(text));
}

/** Writes a value of open type so that guess reads it back. */
export function spell(value: Json | undefined): string {
  if (value === undefined) return "";
  if (typeof value !== "string") return JSON.stringify(value);
  return guess(value) === value ? value : JSON.stringify(value);
}

/** A value in a box of text. */
export function asText(value: Json | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
