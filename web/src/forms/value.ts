import { isObject, type Json, type JsonObject } from "../lib/json.ts";

/** Splits a JSON pointer into names. */
export function parts(pointer: string): string[] {
  if (pointer === "" || pointer === "/") return [];
  return pointer
    .replace(/^\//, "")
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The pointer of a member below a pointer. */
export function child(pointer: string, name: string | number): string {
  return `${pointer}/${String(name).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** The pointer of what holds a pointer's value; the root holds itself. */
export function parent(pointer: string): string {
  return pointer.slice(0, Math.max(0, pointer.lastIndexOf("/")));
}

/** The pointer as seen from a base below which it lies; undefined if it lies elsewhere. */
export function below(pointer: string, base: string): string | undefined {
  if (pointer === base) return "";
  return pointer.startsWith(`${base}/`) ? pointer.slice(base.length) : undefined;
}

/** Reads the value at a pointer; undefined if nothing was typed there. */
export function get(value: Json | undefined, pointer: string): Json | undefined {
  let at: Json | undefined = value;
  for (const part of parts(pointer)) {
    if (Array.isArray(at)) at = at[index(part)];
    else if (isObject(at) && Object.hasOwn(at, part)) at = at[part];
    else return undefined;
  }
  return at;
}

/**
 * Writes the value at a pointer and leaves the given document alone. Undefined takes it out, and with it
 * what then holds nothing any more: what was never typed is not sent.
 */
export function set(value: Json | undefined, pointer: string, next: Json | undefined): JsonObject {
  const result = put(value, parts(pointer), next);
  return isObject(result) ? result : {};
}

function put(at: Json | undefined, path: string[], next: Json | undefined): Json | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return next;
  if (Array.isArray(at)) return putItem(at, index(name), rest, next);
  const object: JsonObject = isObject(at) ? at : {};
  const inner = put(Object.hasOwn(object, name) ? object[name] : undefined, rest, next);
  // A computed name makes an own member whatever it is called.
  if (inner !== undefined) return { ...object, [name]: inner };
  const { [name]: _, ...others } = object;
  return Object.keys(others).length === 0 ? undefined : others;
}

function putItem(list: Json[], i: number, rest: string[], next: Json | undefined): Json | undefined {
  if (Number.isNaN(i) || i < 0 || i > list.length) return list;
  const inner = put(list[i], rest, next);
  // An item that holds nothing keeps its place: the rows after it must not move while it is typed.
  if (inner === undefined && rest.length > 0) return list.toSpliced(i, 1, emptied(list[i]));
  if (inner !== undefined) return list.toSpliced(i, 1, inner);
  return list.length > 1 ? list.toSpliced(i, 1) : undefined;
}

function emptied(item: Json | undefined): Json {
  return Array.isArray(item) ? [] : {};
}

function index(part: string): number {
  return /^(0|[1-9]\d*)$/.test(part) ? Number(part) : NaN;
}
