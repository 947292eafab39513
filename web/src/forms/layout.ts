import { type Json, isObject, member } from "../lib/json.ts";
import type { Field } from "./field.ts";
import { type Hint, hintOf, type Hints } from "./hints.ts";
import { knownGroups } from "./known.ts";
import { child, get } from "./value.ts";

/** A field in its place. */
export interface Placed {
  field: Field;
  hint: Hint;
  hints: Hints;
  pointer: string;
}

export interface Group {
  /** "" for what stands open above the groups. */
  name: string;
  fields: Placed[];
}

/** The ids of the groups that a schema lists (x-ui.groups), in its order. */
export function groupOrder(schema: Json): readonly string[] {
  const listed = member(member(schema, "x-ui"), "groups");
  if (!Array.isArray(listed)) return [];
  return listed.map((group: Json) => member(group, "id")).filter((id) => typeof id === "string");
}

/** What a form leaves to its caller: pointers that are not drawn. */
export type Omitted = readonly string[];

/**
 * Puts the fields of an object in order and into groups: required ones stay open; groups stand as the server lists
 * them, then as its fields come, then the well-known ones, advanced ones last.
 */
export function layOut(
  fields: readonly Field[],
  hints: Hints,
  value: Json | undefined,
  pointer: string,
  omit: Omitted,
  served: readonly string[] = [],
): Group[] {
  const placed = order(fields, hints, pointer).filter((p) => !omit.includes(p.pointer) && isShown(p, value));
  const groups = new Map<string, Placed[]>([["", []]]);
  for (const p of placed) {
    const name = groupOf(p);
    groups.set(name, [...(groups.get(name) ?? []), p]);
  }
  const rank = (name: string): number => {
    if (name === "") return -1;
    if (name === "readonly") return 1000;
    if (name === "advanced") return 900;
    const listed = served.indexOf(name);
    return listed < 0 ? knownGroups.indexOf(name) + 101 : listed;
  };
  return [...groups]
    .filter(([, list]) => list.length > 0)
    .map(([name, list]) => ({ name, fields: list }))
    .sort((a, b) => rank(a.name) - rank(b.name));
}

/** Orders an object's fields: by the list of names the server gives, by rank, else as the schema has them. */
export function order(fields: readonly Field[], hints: Hints, pointer: string): Placed[] {
  const placed = fields.map((field) => {
    const inner = hints.of(field.name);
    return { field, hint: hintOf(field, inner), hints: inner, pointer: child(pointer, field.name) };
  });
  const listed = (name: string): number => {
    const i = hints.order.indexOf(name);
    if (i >= 0) return i;
    const rest = hints.order.indexOf("*");
    return rest >= 0 ? rest : hints.order.length;
  };
  const rank = (p: Placed): number => p.hint.order ?? (p.field.required ? 0 : 50);
  return placed.sort((a, b) => listed(a.field.name) - listed(b.field.name) || rank(a) - rank(b));
}

function groupOf({ field, hint }: Placed): string {
  if (field.readOnly) return hint.group ?? "readonly";
  if (field.required && hint.group === undefined) return "";
  if (field.required && knownGroups.includes(hint.group ?? "")) return "";
  return hint.group ?? (hint.advanced === true ? "advanced" : "");
}

function isShown({ field, hint, pointer }: Placed, value: Json | undefined): boolean {
  if (isHidden({ field, hint })) return false;
  if (!field.readOnly && hint.superseded !== true) return true;
  const held = get(value, pointer);
  return held !== undefined && held !== null && !(isObject(held) && Object.keys(held).length === 0);
}

/** Whether a field is kept from people. One that must be set never is, nor one that is shown while it has a value. */
export function isHidden({ field, hint }: Pick<Placed, "field" | "hint">): boolean {
  return hint.hidden === true && hint.superseded !== true && !field.required;
}
