import type { Schema } from "../../api/client.ts";
import { child, set } from "../../forms/value.ts";
import { equal, isObject, type Json, type JsonObject, member } from "../../lib/json.ts";
import { parseStoreKey } from "../../lib/store-key.ts";

/** Members of a run's spec that say what it executes, or that a person does not compose. */
const notComposed: ReadonlySet<string> = new Set(["function", "workflow", "task", "local_execution"]);
/** Members of the second step; all others are configuration. */
export const dataMembers: ReadonlySet<string> = new Set([
  "inputs",
  "outputs",
  "parameters",
  "init_parameters",
  "args",
  "values",
]);

/** A run that the composer begins from. */
export interface Start {
  id: string;
  name: string;
  spec: JsonObject;
  labels: readonly string[];
}

/** What the composer needs of a run, or of a row of a list. */
export function queryable(run: {
  id: string;
  name?: string | undefined;
  spec?: unknown;
  metadata?: { labels?: string[] | undefined } | undefined;
}): Start {
  const spec: unknown = JSON.parse(JSON.stringify(run.spec ?? {}));
  return { id: run.id, name: run.name ?? run.id, spec: isObject(spec) ? spec : {}, labels: run.metadata?.labels ?? [] };
}

/** The names of the members that a schema lets people set. */
export function settable(schema: Schema<"Schema">["schema"]): readonly string[] {
  const properties = schema["properties"];
  if (!isObject(properties)) return [];
  return Object.keys(properties).filter(
    (name) => !notComposed.has(name) && member(properties[name], "readOnly") !== true,
  );
}

/** The schema of a run's form: without what comes from the function. */
export function formSchema(schema: Schema<"Schema">["schema"]): JsonObject {
  const plain: unknown = JSON.parse(JSON.stringify(schema));
  if (!isObject(plain) || !isObject(plain["properties"])) return {};
  const names = settable(schema);
  const { properties, required, ...rest } = plain;
  const kept = isObject(properties) ? Object.entries(properties).filter(([name]) => names.includes(name)) : [];
  const still = Array.isArray(required)
    ? required.filter((name) => typeof name === "string" && names.includes(name))
    : [];
  return { ...rest, properties: Object.fromEntries(kept), ...(still.length > 0 && { required: still }) };
}

/**
 * What of a run's spec a new run takes over. A member that is an empty text is not set: runs of a trigger have such a
 * schedule, which no form accepts.
 */
export function takeOver(spec: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(spec).filter(([name, value]) => names.includes(name) && value !== ""));
}

/** The member of a spec that a pointer leads into; undefined for what lies elsewhere. */
export function memberOf(pointer: string): string | undefined {
  return /^\/spec\/([^/]+)/.exec(pointer)?.[1];
}

/** A difference between two specifications. */
export interface Change {
  path: string;
  before: Json | undefined;
  after: Json | undefined;
}

/** What differs, by path; lists are compared whole. */
export function changesOf(before: Json | undefined, after: Json | undefined, path = ""): readonly Change[] {
  if (equal(before, after)) return [];
  if (isObject(before ?? {}) && isObject(after ?? {}) && (isObject(before) || isObject(after))) {
    const a = isObject(before) ? before : {};
    const b = isObject(after) ? after : {};
    const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    return names.flatMap((name) => changesOf(a[name], b[name], path === "" ? name : `${path}.${name}`));
  }
  return [{ path, before, after }];
}

/** The hints of a form with the most that the project allows beside each amount. */
export function withLimits(ui: JsonObject | undefined, limits: Readonly<Record<string, string>>): JsonObject {
  let out = ui ?? {};
  for (const [name, most] of Object.entries(limits)) out = set(out, `${child("/resources", name)}/ui:limit`, most);
  return out;
}

/** The names of the parameters that a specification gives. */
export function parameterNames({ parameters }: JsonObject): readonly string[] {
  return isObject(parameters) ? Object.keys(parameters) : [];
}

/** Where an input goes: the argument, and whether it is named after the input for want of anything better. */
export interface InputPlace {
  argument: string;
  guessed: boolean;
}

/**
 * Where an input goes in a specification; undefined for what is no key of an entity. It takes the place of another version of the same name, else that of the only
 * input of its type, else it is an argument of its own, called as it is.
 */
export function placeOfInput(spec: JsonObject, key: string): InputPlace | undefined {
  const given = parseStoreKey(key);
  if (given === undefined) return undefined;
  const known = Object.entries(inputsOf(spec)).map(([name, value]) => ({
    name,
    of: typeof value === "string" ? parseStoreKey(value) : undefined,
  }));
  const alike = known.filter(({ of }) => of?.entity === given.entity);
  const taken = alike.find(({ of }) => of?.name === given.name) ?? (alike.length === 1 ? alike[0] : undefined);
  return { argument: taken?.name ?? argumentName(given.name), guessed: taken === undefined };
}

/** The same specification with an input in its place. */
export function withInput(spec: JsonObject, key: string): JsonObject {
  const place = placeOfInput(spec, key);
  return place === undefined ? spec : { ...spec, inputs: { ...inputsOf(spec), [place.argument]: key } };
}

/** The inputs, which may be written as one object or as a list of them. */
function inputsOf({ inputs }: JsonObject): JsonObject {
  if (Array.isArray(inputs)) return Object.assign({}, ...inputs.filter(isObject));
  return isObject(inputs) ? inputs : {};
}

function argumentName(name: string): string {
  return name.replaceAll(/\W/g, "_").replace(/^(?=\d)/, "_");
}
