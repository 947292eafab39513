import { isObject, type Json, type JsonObject, member } from "../lib/json.ts";
import { get } from "./value.ts";

/** Finds what a $ref within the document names; undefined for other documents and dead references. */
export function lookUp(root: Json, ref: string): Json | undefined {
  if (ref === "#") return root;
  if (ref.startsWith("#/")) return get(root, decodeURIComponent(ref.slice(1)));
  if (!ref.startsWith("#")) return undefined;
  const defs = member(root, "$defs");
  const found = isObject(defs) ? Object.values(defs).find((d) => member(d, "$anchor") === ref.slice(1)) : undefined;
  return found;
}

/** Unites two schemas that both hold; undefined where no single schema of the dialect says the same. */
export function merge(a: JsonObject, b: JsonObject): JsonObject | undefined {
  const out: JsonObject = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const old = member(out, key);
    const next = old === undefined || same(old, value) ? value : both(key, old, value);
    if (next === undefined) return undefined;
    out[key] = next;
  }
  return out;
}

function same(a: Json, b: Json): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Words that say nothing about what is allowed: the later one wins. */
const notes = new Set(["title", "description", "default", "examples", "$comment", "$id", "$schema", "$anchor"]);
const highest = new Set(["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"]);
const lowest = new Set(["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"]);

function both(key: string, a: Json, b: Json): Json | undefined {
  if (notes.has(key)) return b;
  if (typeof a === "number" && typeof b === "number") {
    if (highest.has(key)) return Math.max(a, b);
    if (lowest.has(key)) return Math.min(a, b);
  }
  if (typeof a === "boolean" && typeof b === "boolean") {
    return key === "additionalProperties" ? a && b : a || b;
  }
  if (key === "required" && Array.isArray(a) && Array.isArray(b)) return [...new Set([...a, ...b])];
  if (key === "enum" && Array.isArray(a) && Array.isArray(b)) {
    return a.filter((x) => b.some((y) => same(x, y)));
  }
  if (key === "type") return types(a, b);
  if ((key === "properties" || key === "$defs") && isObject(a) && isObject(b)) return members(a, b);
  if ((key === "items" || key === "additionalProperties") && isObject(a) && isObject(b)) return merge(a, b);
  if (key === "additionalProperties" || key === "items") return a === true ? b : a === false || b === true ? a : b;
  if (key === "x-ui" && isObject(a) && isObject(b)) return { ...a, ...b };
  return undefined;
}

function members(a: JsonObject, b: JsonObject): JsonObject | undefined {
  const out: JsonObject = { ...a };
  for (const [name, schema] of Object.entries(b)) {
    const old = member(out, name);
    const next = isObject(old) && isObject(schema) ? merge(old, schema) : schema;
    if (next === undefined) return undefined;
    out[name] = next;
  }
  return out;
}

function types(a: Json, b: Json): Json | undefined {
  const left = Array.isArray(a) ? a : [a];
  const right = Array.isArray(b) ? b : [b];
  const shared = left.filter((t) => right.includes(t) || (t === "integer" && right.includes("number")));
  if (right.includes("integer") && left.includes("number")) shared.push("integer");
  return shared.length === 0 ? undefined : shared.length === 1 ? shared[0] : shared;
}
