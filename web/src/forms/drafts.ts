import { isObject, type Json, type JsonObject } from "../lib/json.ts";
import type { Field } from "./field.ts";
import { child, set } from "./value.ts";

/** What was typed and not saved. */
export interface Draft {
  value: JsonObject;
  /** What the form keeps beside its value, such as a chosen version. */
  beside?: JsonObject;
  /** What the form stood on when it was typed: the version it edits. */
  base: string;
  saved: number;
  /** The draft that was on offer and not answered when this one was typed. */
  before?: Draft;
}

const prefix = "dhub.draft:";
const maxAge = 14 * 86_400_000;

/** Where drafts are kept. They must outlive the tab, so it is localStorage in the browser. */
export interface Shelf {
  getItem: (key: string) => string | null;
  setItem: (key: string, value: string) => void;
  removeItem: (key: string) => void;
  key: (i: number) => string | null;
  readonly length: number;
}

/** The name of a draft: one for each place, entity and version. */
export function draftKey(route: string, entity: string, version: string): string {
  return prefix + [route, entity, version].map(encodeURIComponent).join("/");
}

/** Keeps a draft without what the schema calls secret; false if the browser has no room or refuses. */
export function saveDraft(
  shelf: Shelf,
  key: string,
  value: JsonObject,
  base: string,
  field: Field,
  now: number,
  beside?: JsonObject,
  before?: Draft,
): boolean {
  const draft: Draft = {
    value: withoutSecrets(value, field),
    ...(beside !== undefined && { beside }),
    base,
    saved: now,
    ...(before !== undefined && { before }),
  };
  return putDraft(shelf, key, draft);
}

/** Puts a draft back that was found; false if the browser has no room or refuses. */
export function putDraft(shelf: Shelf, key: string, draft: Draft): boolean {
  try {
    shelf.setItem(key, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

/** Finds a draft; one that is too old or cannot be read is none. */
export function findDraft(shelf: Shelf, key: string, now: number): Draft | undefined {
  try {
    return readDraft(JSON.parse(shelf.getItem(key) ?? "null"), now);
  } catch {
    return undefined;
  }
}

function readDraft(read: unknown, now: number): Draft | undefined {
  if (!isObject(read)) return undefined;
  const { value, beside, base, saved } = read;
  if (!isObject(value) || typeof base !== "string" || typeof saved !== "number") return undefined;
  if (now - saved > maxAge) return undefined;
  const before = readDraft(read["before"], now);
  return { value, ...(isObject(beside) && { beside }), base, saved, ...(before !== undefined && { before }) };
}

export function dropDraft(shelf: Shelf, key: string): void {
  try {
    shelf.removeItem(key);
  } catch {
    // A browser that refuses storage has kept nothing.
  }
}

/** Throws a draft away; one that lay beneath it and was never answered is there again. */
export function discardDraft(shelf: Shelf, key: string, now: number): void {
  const before = findDraft(shelf, key, now)?.before;
  dropDraft(shelf, key);
  if (before !== undefined) putDraft(shelf, key, before);
}

/** Takes out all drafts, as signing out does, or those that are too old. */
export function sweepDrafts(shelf: Shelf, which: "all" | "old", now: number): void {
  const keys: string[] = [];
  for (let i = 0; i < shelf.length; i++) {
    const key = shelf.key(i);
    if (key?.startsWith(prefix) === true) keys.push(key);
  }
  for (const key of keys) {
    if (which === "all" || findDraft(shelf, key, now) === undefined) dropDraft(shelf, key);
  }
}

/** The value without the members that are secret. */
export function withoutSecrets(value: JsonObject, field: Field): JsonObject {
  let out = value;
  for (const pointer of secrets(field, value, "")) out = set(out, pointer, undefined);
  return out;
}

function secrets(field: Field, value: Json | undefined, pointer: string): string[] {
  if (value === undefined || value === null) return [];
  if (field.secret) return [pointer];
  switch (field.type) {
    case "object":
      return field.fields.flatMap((f) =>
        secrets(f, isObject(value) ? value[f.name] : undefined, child(pointer, f.name)),
      );
    case "list":
      // From the end, so that what is taken out moves nothing that is still to go.
      return Array.isArray(value) ? value.flatMap((v, i) => secrets(field.item, v, child(pointer, i))).reverse() : [];
    case "map":
      return isObject(value)
        ? Object.entries(value).flatMap(([name, v]) => secrets(field.item, v, child(pointer, name)))
        : [];
    case "union":
      return field.variants.flatMap((v) => secrets(v, value, pointer));
    case "text":
    case "number":
    case "boolean":
    case "choice":
    case "any":
    case "island":
      return [];
  }
}
