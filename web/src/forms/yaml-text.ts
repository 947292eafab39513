import { type Document, isMap, isScalar, LineCounter, parseDocument, stringify } from "yaml";
import { isObject, type Json, type JsonObject } from "../lib/json.ts";
import type { Field } from "./field.ts";
import type { Hints } from "./hints.ts";
import { order } from "./layout.ts";
import { asText } from "./pairs.ts";
import { variantOf } from "./union.ts";
import { parts } from "./value.ts";
import { fieldOf } from "./walk.ts";

/** Something that keeps a text from being read, with the place where it stands. */
export interface YamlProblem {
  line: number;
  column: number;
  rule: "syntax" | "precision" | "not-json" | "not-object";
  message: string;
}

export type YamlReading =
  | { value: JsonObject; lineOf: (pointer: string) => number | undefined }
  | { problems: YamlProblem[] };

/**
 * Writes a value as YAML. Members stand in the order of the form, others after them by name, so that the
 * same value always is the same text.
 */
export function writeYaml(value: Json, field?: Field, hints?: Hints): string {
  // An empty form is an empty text.
  if (field !== undefined && isObject(value) && Object.keys(value).length === 0) return "";
  return stringify(sorted(value, field, hints), { lineWidth: 0, version: "1.2", aliasDuplicateObjects: false });
}

function sorted(value: Json, field: Field | undefined, hints: Hints | undefined): Json {
  const at = field?.type === "union" ? variantOf(field, value) : field;
  if (Array.isArray(value)) {
    const item = at?.type === "list" ? at.item : undefined;
    return value.map((v) => sorted(v, item, hints?.items()));
  }
  if (!isObject(value)) return value;
  const known = at?.type === "object" && hints !== undefined ? order(at.fields, hints, "") : [];
  const first = known.map((p) => p.field.name).filter((n) => Object.hasOwn(value, n));
  const rest = Object.keys(value).filter((n) => !first.includes(n));
  // The members of a map are in the order in which they were typed.
  if (at?.type !== "map") rest.sort();
  const out: JsonObject = {};
  for (const name of [...first, ...rest]) {
    const placed = known.find((p) => p.field.name === name);
    const inner = placed?.field ?? (at?.type === "map" ? at.item : undefined);
    own(out, name, sorted(value[name] ?? null, inner, placed?.hints ?? hints?.items()));
  }
  return out;
}

/** Sets a member whatever it is called: __proto__ too is only a name here. */
function own(object: JsonObject, name: string, value: Json): void {
  Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true });
}

/** Reads the text of a form: names with values. */
export function readYaml(text: string): YamlReading {
  const read = readValue(text);
  if ("problems" in read) return read;
  const value = read.value ?? {};
  if (!isObject(value)) return { problems: [{ line: 1, column: 1, rule: "not-object", message: "" }] };
  return { value, lineOf: read.lineOf };
}

/** Reads any value; everything that would not survive as JSON is a problem and not a silent change. */
export function readValue(
  text: string,
): { value: Json | undefined; lineOf: (pointer: string) => number | undefined } | { problems: YamlProblem[] } {
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, intAsBigInt: true, version: "1.2", schema: "core" });
  const at = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  if (doc.errors.length > 0) {
    const problems = doc.errors.map((e) => {
      const message = e.message.replace(/ at line \d+, column \d+:[\s\S]*$/, "");
      return { ...at(e.pos[0]), rule: "syntax" as const, message };
    });
    return { problems };
  }
  const problems: YamlProblem[] = [];
  let value: Json;
  try {
    value = plain(doc.toJS({ maxAliasCount: 100 }), (rule, what) => {
      problems.push({ ...at(offsetOf(text, what)), rule, message: what });
    });
  } catch (e) {
    return { problems: [{ line: 1, column: 1, rule: "syntax", message: e instanceof Error ? e.message : String(e) }] };
  }
  if (problems.length > 0) return { problems };
  return {
    value: value === null && text.trim() === "" ? undefined : value,
    lineOf: (pointer) => {
      const offset = startOf(doc, pointer);
      return offset === undefined ? undefined : at(offset).line;
    },
  };
}

function offsetOf(text: string, what: string): number {
  return Math.max(0, text.indexOf(what));
}

/** Makes plain JSON of what was read: numbers that lose digits, NaN and the like are reported. */
function plain(value: unknown, report: (rule: "precision" | "not-json", what: string) => void): Json {
  if (typeof value === "bigint") {
    const n = Number(value);
    if (!Number.isSafeInteger(n)) report("precision", value.toString());
    return n;
  }
  if (typeof value === "number") {
    if (!Number.isFinite(value)) report("not-json", Number.isNaN(value) ? ".nan" : ".inf");
    return value;
  }
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map((item) => plain(item, report));
  if (typeof value === "object") {
    const out: JsonObject = {};
    for (const [name, inner] of Object.entries(value)) own(out, name, plain(inner, report));
    return out;
  }
  report("not-json", typeof value);
  return null;
}

/** Where a member begins: at its name, or where the nearest one that holds it does. */
function startOf(doc: Document, pointer: string): number | undefined {
  let at: unknown = doc.contents;
  let found: number | undefined;
  for (const part of parts(pointer)) {
    if (isMap(at)) {
      const pair = at.items.find((p) => (isScalar(p.key) ? String(p.key.value) : "") === part);
      if (pair === undefined) return found;
      if (isScalar(pair.key)) found = pair.key.range?.[0] ?? found;
      at = pair.value;
    } else {
      const item: unknown = doc.getIn([...parts(pointer).slice(0, parts(pointer).indexOf(part)), Number(part)], true);
      if (item === undefined) return found;
      at = item;
    }
  }
  return found;
}

/** What may be written at a place of a text: the names of the schema that are not there yet, or the values. */
export function completions(
  text: string,
  offset: number,
  field: Field,
): { from: number; options: { label: string; detail?: string }[] } {
  const before = text.slice(0, offset);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  const typed = /[\w.+-]*$/.exec(line)?.[0] ?? "";
  const from = offset - typed.length;
  const value = /^\s*(?:- )?([\w.+-]+):\s+[\w.+-]*$/.exec(line);
  const path = pathAt(before, line);
  const at = fieldOf(field, value?.[1] === undefined ? path : [...path, value[1]]);
  if (at === undefined) return { from, options: [] };
  if (value) {
    if (at.type === "choice") return { from, options: at.options.map((o) => ({ label: asText(o.value) })) };
    if (at.type === "boolean") return { from, options: [{ label: "true" }, { label: "false" }] };
    return { from, options: [] };
  }
  if (at.type !== "object") return { from, options: [] };
  const options = at.fields
    .filter((f) => !f.readOnly)
    .map((f) => ({ label: `${f.name}: `, ...(f.title === undefined ? {} : { detail: f.title }) }));
  return { from, options };
}

/** The names above a line, by how far it stands in. */
function pathAt(before: string, line: string): string[] {
  let depth = /^\s*(?:- )*/.exec(line)?.[0].length ?? 0;
  const path: string[] = [];
  for (const above of before.split("\n").slice(0, -1).reverse()) {
    const key = /^(\s*(?:- )*)([\w.+-]+):\s*(?:#.*)?$/.exec(above);
    if (key?.[1] === undefined || key[2] === undefined || key[1].length >= depth) continue;
    path.unshift(key[2]);
    depth = /^\s*/.exec(above)?.[0].length ?? 0;
    if (depth === 0) break;
  }
  return path;
}
