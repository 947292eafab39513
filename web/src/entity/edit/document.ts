import { equal, isObject, type Json, type JsonObject } from "../../lib/json.ts";
import { child, get, set } from "../../forms/value.ts";

/** What people edit of an entity: the parts of its document that are theirs. */
export interface EntityDocument {
  name: string;
  kind: string;
  metadata: JsonObject;
  spec: JsonObject;
}

/** An entity as any answer of the API has it. */
interface Answered {
  id?: string;
  name: string;
  kind: string;
  metadata: object;
  spec?: object | undefined;
}

/** Takes the editable parts out of an answer of the API. A version that nobody named is called by its id there. */
export function documentOf({ id, name, kind, metadata, spec }: Answered): EntityDocument {
  const { version, ...others } = plain(metadata);
  const named = version !== undefined && version !== id;
  return { name, kind, metadata: named ? { ...others, version } : others, spec: plain(spec ?? {}) };
}

function plain(value: object): JsonObject {
  const copy: unknown = JSON.parse(JSON.stringify(value));
  return isObject(copy) ? copy : {};
}

/** The metadata that another entity may begin with: the words, without what belongs to the one they are from. */
export function wordsOf({ metadata }: EntityDocument): JsonObject {
  const kept = Object.entries(metadata).filter(([name]) => ["description", "labels"].includes(name));
  return Object.fromEntries(kept);
}

/** The document as one value, for pointers that lead into it. */
export function asValue({ name, kind, metadata, spec }: EntityDocument): JsonObject {
  return { name, kind, metadata, spec };
}

/**
 * Where two documents differ, as the pointers of the innermost values: members of objects are compared each, lists and
 * scalars as a whole.
 */
export function changedPaths(before: Json | undefined, after: Json | undefined, pointer = ""): string[] {
  if (equal(before, after)) return [];
  if (!isObject(before) || !isObject(after)) return [pointer];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) =>
    changedPaths(get(before, child("", name)), get(after, child("", name)), child(pointer, name)),
  );
}

/** One place where somebody else's document and mine differ from what both began with. */
export interface MergedPath {
  pointer: string;
  base: Json | undefined;
  mine: Json | undefined;
  theirs: Json | undefined;
  /** Both changed it, each in another way. */
  conflict: boolean;
}

/** What the server writes into metadata whatever is sent. */
const written = new Set(
  ["created", "created_by", "updated", "updated_by", "project"].map((name) => `/metadata/${name}`),
);

/** Every place that either side changed. A place within one that the other side replaced is part of that one. */
export function mergedPaths(base: EntityDocument, mine: EntityDocument, theirs: EntityDocument): MergedPath[] {
  const [b, m, t] = [asValue(base), asValue(mine), asValue(theirs)];
  const all = [...new Set([...changedPaths(b, m), ...changedPaths(b, t)])].filter((pointer) => !written.has(pointer));
  const outermost = all.filter((pointer) => !all.some((other) => pointer.startsWith(`${other}/`)));
  return outermost.map((pointer) => {
    const [was, is, now] = [get(b, pointer), get(m, pointer), get(t, pointer)];
    return {
      pointer,
      base: was,
      mine: is,
      theirs: now,
      conflict: !equal(was, is) && !equal(was, now) && !equal(is, now),
    };
  });
}

/** Their document with what I changed in it; of places that both changed, those in taken are left as theirs. */
export function mergeInto(
  theirs: EntityDocument,
  paths: readonly MergedPath[],
  taken: ReadonlySet<string>,
): EntityDocument {
  let value = asValue(theirs);
  for (const { pointer, base, mine } of paths) {
    if (!equal(base, mine) && !taken.has(pointer)) value = set(value, pointer, mine);
  }
  const { metadata, spec } = value;
  return { ...theirs, metadata: isObject(metadata) ? metadata : {}, spec: isObject(spec) ? spec : {} };
}
