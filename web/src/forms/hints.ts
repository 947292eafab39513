import { isObject, type Json, type JsonObject, member } from "../lib/json.ts";
import type { Field } from "./field.ts";
import { known } from "./known.ts";

/** What a field may be edited with (console.md 6.9). */
export const widgets = [
  "text",
  "password",
  "textarea",
  "number",
  "quantity",
  "switch",
  "select",
  "combobox",
  "tags",
  "lines",
  "key-value",
  "list",
  "code",
  "secret",
  "profile",
  "entity",
  "cron",
  "timezone",
  "datetime",
  "file",
  "json",
  "yaml",
  "any",
  "union",
  "object",
] as const;
export type Widget = (typeof widgets)[number];

/** How a field is shown. Everything may be absent: the schema alone makes a working form. */
export interface Hint {
  widget?: Widget;
  /** Fields of one group fold together. */
  group?: string;
  order?: number;
  /** Belongs to the group of what is rarely set. */
  advanced?: boolean;
  /** What a quantity counts: bytes, cpu, count, or a word shown behind a number. */
  unit?: string;
  /** Which entities a picker offers. */
  entity?: EntityFilter;
  /** The most of a quantity that the project allows. */
  limit?: string;
  placeholder?: string;
  /** The language of code: its name, or "/lang" for the value of the member beside it. */
  lang?: string;
  help?: string;
  title?: string;
  /** Shown only while it has a value: another field has taken its place. */
  superseded?: boolean;
  /** Not for people: a form leaves it as it is. */
  hidden?: boolean;
  /** May be left empty, but nothing works without it: the form says so as long as it is. */
  needed?: boolean;
  /** Names a function of the code beside it, which is offered where the code tells. */
  entry?: boolean;
}

export interface EntityFilter {
  /** Entity types, such as dataitem; none means any. */
  types: string[];
  kinds?: string[];
}

/** Hints for a field and for what lies in it. */
export interface Hints {
  own: Hint;
  of: (name: string) => Hints;
  /** Of the items of a list and the values of a map. */
  items: () => Hints;
  order: string[];
}

/** Which types a widget can edit; a hint that does not fit is no hint. */
const fits: Record<Widget, (field: Field) => boolean> = {
  text: (f) => f.type === "text",
  password: (f) => f.type === "text",
  textarea: (f) => f.type === "text",
  number: (f) => f.type === "number",
  quantity: (f) => f.type === "text" || f.type === "number",
  switch: (f) => f.type === "boolean",
  select: (f) => f.type === "choice",
  combobox: (f) => f.type === "choice" || f.type === "text",
  tags: (f) => f.type === "list" && (f.item.type === "text" || f.item.type === "choice"),
  lines: (f) => f.type === "list" && f.item.type === "text",
  "key-value": (f) => f.type === "map" || (f.type === "list" && isPair(f.item)),
  list: (f) => f.type === "list",
  code: (f) => f.type === "text",
  secret: (f) => f.type === "text" || (f.type === "list" && f.item.type === "text"),
  profile: (f) => f.type === "text",
  entity: (f) => f.type === "text",
  cron: (f) => f.type === "text",
  timezone: (f) => f.type === "text",
  datetime: (f) => f.type === "text",
  file: (f) => f.type === "text",
  json: () => true,
  yaml: () => true,
  any: (f) => f.type === "any",
  union: (f) => f.type === "union",
  object: (f) => f.type === "object",
};

/** Whether a list's item is a name with a value, so that rows of two boxes show it. */
export function isPair(item: Field): boolean {
  return item.type === "object" && item.fields.length === 2 && pairNames(item) !== undefined;
}

/** The members that hold name and value of a pair. */
export function pairNames(item: Field): { key: string; value: string } | undefined {
  if (item.type !== "object") return undefined;
  const key = item.fields.find((f) => f.name === "name" || f.name === "key");
  const value = item.fields.find((f) => f.name === "value");
  return key?.type === "text" && value !== undefined ? { key: key.name, value: "value" } : undefined;
}

/**
 * Reads the hints of a document: the server's (uiSchema beside the schema, x-ui inside it) win over what the
 * console knows of well-known names.
 */
export function readHints(uiSchema: Json | undefined): Hints {
  return level(isObject(uiSchema) ? uiSchema : {}, known);
}

function level(ui: JsonObject, base: Known): Hints {
  const order = ui["ui:order"];
  return {
    own: { ...base.own, ...readHint(ui) },
    of: (name) => level(objectAt(ui, name), base.members?.[name] ?? {}),
    items: () => level({ ...objectAt(ui, "additionalProperties"), ...objectAt(ui, "items") }, base.items ?? {}),
    order: Array.isArray(order) ? order.filter((n) => typeof n === "string") : [],
  };
}

/** A level of the console's own hints. */
export interface Known {
  own?: Hint;
  members?: Record<string, Known>;
  items?: Known;
}

function objectAt(ui: JsonObject, name: string): JsonObject {
  const inner = member(ui, name);
  return isObject(inner) ? inner : {};
}

/** Reads one level: ui:widget and the like, or the members of ui:options. */
function readHint(ui: JsonObject): Hint {
  const options = objectAt(ui, "ui:options");
  const flat: JsonObject = { ...options };
  for (const [name, value] of Object.entries(ui)) {
    if (name.startsWith("ui:")) flat[name.slice(3)] = value;
  }
  return fromObject(flat);
}

/** Other names that the server has for widgets. */
const synonyms: Readonly<Record<string, Widget>> = { uri: "file" };

function fromObject(o: JsonObject): Hint {
  const hint: Hint = {};
  const named = o["widget"];
  const widget = widgets.find((w) => w === named || (typeof named === "string" && w === synonyms[named]));
  if (widget !== undefined) hint.widget = widget;
  for (const key of ["group", "unit", "limit", "placeholder", "lang", "help", "title"] as const) {
    const value = o[key];
    if (typeof value === "string") hint[key] = value;
  }
  if (typeof o["order"] === "number") hint.order = o["order"];
  if (typeof o["advanced"] === "boolean") hint.advanced = o["advanced"];
  if (typeof o["hidden"] === "boolean") hint.hidden = o["hidden"];
  if (typeof o["needed"] === "boolean") hint.needed = o["needed"];
  if (typeof o["language"] === "string") hint.lang ??= o["language"];
  if (hint.unit === "cores") hint.unit = "cpu";
  const filter = entityFilter(o["entity"]);
  if (filter !== undefined) hint.entity = filter;
  return hint;
}

function entityFilter(value: Json | undefined): EntityFilter | undefined {
  if (typeof value === "string") return { types: value.split(",").map((type) => type.trim()) };
  if (Array.isArray(value)) return { types: value.filter((v) => typeof v === "string") };
  const types = member(value, "type") ?? member(value, "types");
  if (types === undefined) return undefined;
  const kinds = member(value, "kind") ?? member(value, "kinds");
  return { types: texts(types), ...(kinds === undefined ? {} : { kinds: texts(kinds) }) };
}

function texts(value: Json): string[] {
  return (Array.isArray(value) ? value : [value]).filter((v) => typeof v === "string");
}

/** All that is known of how a field is shown: x-ui in the schema stands closest to the field. */
export function hintOf(field: Field, hints: Hints): Hint {
  return { ...hints.own, ...fromObject(field.ui) };
}

/** The widget that edits a field. */
export function widgetOf(field: Field, hint: Hint): Widget {
  if (hint.widget !== undefined && fits[hint.widget](field)) return hint.widget;
  switch (field.type) {
    case "text":
      return textWidget(field.base64, field.secret, field.format, field.pattern, hint);
    case "number":
      return "number";
    case "boolean":
      return "switch";
    case "choice":
      return field.options.length > 12 ? "combobox" : "select";
    case "list":
      return fits.tags(field) ? "tags" : "list";
    case "map":
      return "key-value";
    case "object":
      return "object";
    case "union":
      return "union";
    case "any":
      return "any";
    case "island":
      return "yaml";
  }
}

function textWidget(
  base64: boolean,
  secret: boolean,
  format: string | undefined,
  pattern: string | undefined,
  hint: Hint,
): Widget {
  if (base64 || hint.lang !== undefined) return "code";
  if (secret) return "password";
  if (hint.entity !== undefined || pattern?.startsWith("^store://") === true) return "entity";
  if (format === "date-time") return "datetime";
  if (format === "uri" || format === "uri-reference") return "file";
  return "text";
}
