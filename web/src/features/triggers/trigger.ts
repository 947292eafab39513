import type { Messages } from "../../i18n/language.ts";
import type { Schema } from "../../api/client.ts";
import { parseExecRef } from "../../lib/exec-ref.ts";
import { isObject, type Json, type JsonObject, member } from "../../lib/json.ts";

export type TriggerDoc = Schema<"Trigger">;
export type TriggerRow = Schema<"TriggerRow">;

export const kinds = ["scheduler", "lifecycle"] as const;
export type TriggerKind = (typeof kinds)[number];

export function isKind(kind: string): kind is TriggerKind {
  return kinds.some((known) => known === kind);
}

/** What a trigger runs, as its spec says: python://project/name:id and python+job://project/task. */
export interface Target {
  kind: string;
  name: string;
  version: string;
  action: string;
}

/** Reads what a trigger runs; undefined if its references are none. */
export function targetOf(spec: Readonly<Record<string, unknown>>): Target | undefined {
  const read = parseExecRef(text(spec["function"]) || text(spec["workflow"]));
  if (read === undefined) return undefined;
  const action = /^[^+]+\+([^:]+):/.exec(text(spec["task"]))?.[1] ?? "";
  return { kind: read.kind, name: read.name, version: read.id, action };
}

/** A member of a spec that is a text; anything else is none. */
export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** Words of when, with the zone whose clock they mean; the server's is UTC where nothing says another. */
export function zoned(m: Messages, words: string, spec: Readonly<Record<string, unknown>>): string {
  if (/TZ=/.test(text(spec["schedule"]))) return words; // they say it
  return m.triggers.inZone(words, text(spec["timezone"]) || "UTC");
}

/** A document of the API as plain JSON. */
export function plain(value: unknown): JsonObject {
  const copy: unknown = JSON.parse(JSON.stringify(value ?? {}));
  return isObject(copy) ? copy : {};
}

/** Members of a trigger's spec that say what it runs; the others say when. */
export const what: ReadonlySet<string> = new Set(["task", "function", "workflow", "template"]);

/** The part of a spec that says when. */
export function whenOf(spec: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(spec).filter(([name]) => !what.has(name)));
}

/** Members of a run's spec that a template does not set: the trigger does, or the function. */
const notInTemplate = [
  "function",
  "workflow",
  "task",
  "local_execution",
  "schedule",
  "timezone",
  "concurrency_policy",
  "misfire_policy",
  "start",
  "end",
];

/** The pointers of what a template's form leaves out: what the trigger sets, and what cannot be set. */
export function leftOut(schema: Json): readonly string[] {
  const properties = member(schema, "properties");
  const readOnly = isObject(properties)
    ? Object.keys(properties).filter((name) => member(properties[name], "readOnly") === true)
    : [];
  return [...new Set([...notInTemplate, ...readOnly])].map((name) => `/${name}`);
}

/** A run's schema in which any text may be a placeholder that is filled in when the trigger fires. */
export function loosened(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(loosened);
  if (!isObject(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([name, value]) => [
      name,
      name === "pattern" && typeof value === "string" ? `${value}|\\{\\{` : loosened(value),
    ]),
  );
}
