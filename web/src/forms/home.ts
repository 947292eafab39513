import { isObject, type Json, member } from "../lib/json.ts";
import type { Messages } from "../i18n/language.ts";
import type { Field } from "./field.ts";
import { type Hint, hintOf, type Hints, widgetOf } from "./hints.ts";
import { isPlainRow, pairShape, pairValue } from "./pairs.ts";
import { choices } from "./union.ts";
import { child, parts } from "./value.ts";
import { titleOf } from "./words.ts";

/** Where a form shows what a pointer means: the innermost field on the way that is drawn, and its name. */
export interface Home {
  pointer: string;
  /** The names on the way, outermost first. */
  titles: string[];
}

/** Finds the field that shows a problem, as a form with this value draws it. */
export function homeOf(
  root: Field,
  hints: Hints,
  value: Json | undefined,
  pointer: string,
  omit: readonly string[],
  words: Messages["forms"],
): Home {
  let at: Place = { field: root, hint: hintOf(root, hints), hints, value, pointer: "" };
  const titles: string[] = [];
  for (const part of parts(pointer)) {
    const next = step(at, part);
    if (next === undefined || omit.includes(next.pointer)) break;
    titles.push(next.field.name === "" ? nameOf(part, words) : titleOf(next.field, next.hint, words));
    at = next;
  }
  return { pointer: at.pointer, titles };
}

function nameOf(part: string, words: Messages["forms"]): string {
  return /^\d+$/.test(part) ? words.item(Number(part) + 1) : part;
}

interface Place {
  field: Field;
  hint: Hint;
  hints: Hints;
  value: Json | undefined;
  pointer: string;
}

function step(at: Place, part: string): Place | undefined {
  const { field } = choices(at.field, at.hint, at.value);
  const widget = widgetOf(field, at.hint);
  const pointer = child(at.pointer, part);
  if (widget === "object" && field.type === "object") {
    const inner = field.fields.find((f) => f.name === part);
    if (inner === undefined) return undefined;
    const hints = at.hints.of(part);
    return { field: inner, hint: hintOf(inner, hints), hints, value: member(at.value, part), pointer };
  }
  const hints = at.hints.items();
  if (widget === "list" && field.type === "list") {
    const value = Array.isArray(at.value) ? at.value[Number(part)] : undefined;
    return { field: field.item, hint: hintOf(field.item, hints), hints, value, pointer };
  }
  if (widget !== "key-value" || !isObject(at.value)) return undefined;
  const item = pairValue(field, pairShape(field, at.value));
  if (item === undefined || isPlainRow(item, hints)) return undefined;
  return { field: item, hint: hintOf(item, hints), hints, value: member(at.value, part), pointer };
}
