import { isObject, type Json, type JsonObject, member } from "../lib/json.ts";
import type { Common, Field, ObjectField } from "./field.ts";
import { lookUp, merge } from "./schema-refs.ts";

/**
 * Makes the tree of fields of a JSON schema (2020-12) in the dialect of console.md 6.9. It never fails: what
 * lies outside of the dialect becomes an island, so that no field is dead.
 */
export function readSchema(schema: Json): Field {
  return new Reader(schema).read(schema, { name: "", required: false }, []);
}

type Place = { name: string; required: boolean };

/** Keywords that narrow a value in ways no field shows. */
const outside = [
  "patternProperties",
  "prefixItems",
  "contains",
  "if",
  "not",
  "dependentSchemas",
  "dependentRequired",
  "unevaluatedProperties",
  "unevaluatedItems",
  "$dynamicRef",
];
const composite = new Set(["object", "array"]);

class Reader {
  private readonly root: Json;
  constructor(root: Json) {
    this.root = root;
  }

  /** Reads a schema; trail holds the references that led here since the last list or map. */
  read(schema: Json, place: Place, trail: readonly string[]): Field {
    if (schema === true) return { ...common({}, place), type: "any" };
    if (!isObject(schema)) return island(schema, place, "false");
    const flat = this.flatten(schema, trail);
    if (typeof flat === "string") return island(schema, place, flat);
    return this.typed(flat.schema, place, flat.trail);
  }

  /** Resolves $ref and allOf, or names the construct that cannot be. */
  private flatten(
    schema: JsonObject,
    trail: readonly string[],
  ): { schema: JsonObject; trail: readonly string[] } | string {
    const { $ref: ref, allOf, ...rest } = schema;
    let seen = trail;
    let base: JsonObject = {};
    for (const [keyword, part] of [
      ...(typeof ref === "string" ? [["$ref", ref] as const] : []),
      ...(Array.isArray(allOf) ? allOf : []).map((one) => ["allOf", one] as const),
    ]) {
      let target: Json | undefined = part;
      if (keyword === "$ref" && typeof part === "string") {
        if (seen.includes(part)) return "$ref";
        seen = seen.concat(part);
        target = lookUp(this.root, part);
      }
      if (target === true) continue;
      const flat = isObject(target) ? this.flatten(target, seen) : keyword;
      if (typeof flat === "string") return flat;
      seen = flat.trail;
      const merged = merge(base, flat.schema);
      if (merged === undefined) return keyword;
      base = merged;
    }
    const all = merge(base, rest);
    if (all === undefined) return "allOf";
    return outside.find((keyword) => keyword in all) ?? { schema: all, trail: seen };
  }

  private typed(schema: JsonObject, place: Place, trail: readonly string[]): Field {
    const base = common(schema, place);
    if ("const" in schema) return { ...base, type: "choice", options: [{ value: schema["const"] ?? null }] };
    const values = schema["enum"];
    if (Array.isArray(values)) return { ...base, type: "choice", options: values.map((value) => ({ value })) };
    for (const key of ["oneOf", "anyOf"]) {
      const variants = schema[key];
      if (Array.isArray(variants)) return this.variants(schema, key, variants, place, trail);
    }
    const types = typesOf(schema);
    const [only] = types;
    if (types.length > 1) return this.union(schema, types, place, trail);
    switch (only) {
      case "string":
        return { ...base, type: "text", ...textRules(schema) };
      case "number":
      case "integer":
        return { ...base, type: "number", integer: only === "integer", ...numberRules(schema) };
      case "boolean":
        return { ...base, type: "boolean" };
      case "array":
        return this.list(schema, base);
      case "object":
        return this.object(schema, base, trail);
      case undefined:
        return { ...base, type: "any" };
      default:
        return island(schema, place, "type");
    }
  }

  private union(schema: JsonObject, types: string[], place: Place, trail: readonly string[]): Field {
    // Title and default are the union's; what a variant has of its own are its rules.
    const { title: _t, description: _d, default: _v, examples: _e, readOnly: _r, ...rules } = schema;
    const variants = types.map((type) =>
      this.typed({ ...rules, type }, { name: place.name, required: place.required }, trail),
    );
    return { ...common(schema, place), type: "union", variants, offered: false };
  }

  private variants(schema: JsonObject, key: string, list: Json[], place: Place, trail: readonly string[]): Field {
    const { [key]: _, ...outer } = schema;
    const variants: Field[] = [];
    for (const one of list) {
      const flat = isObject(one) ? this.flatten(one, trail) : key;
      if (typeof flat === "string") return island(schema, place, flat);
      if (typesOf(flat.schema).join() === "null") continue;
      const { title: _t, description: _d, default: _v, examples: _e, readOnly: _r, "x-ui": _u, ...rules } = outer;
      const merged = merge(rules, flat.schema);
      if (merged === undefined) return island(schema, place, key);
      const field = this.typed(merged, { name: place.name, required: place.required }, flat.trail);
      if (field.type === "island") return island(schema, place, field.reason);
      variants.push(field);
    }
    const [first] = variants;
    if (first === undefined) return island(schema, place, key);
    const base = common(schema, place);
    if (variants.length === 1) {
      // Not by spreading: what it holds in a list is not read before it is asked for.
      return Object.assign(first, base, titled({ ...first, ...titled(base) }));
    }
    if (variants.every((v) => v.type === "choice")) {
      const options = variants.flatMap((v) =>
        v.options.map((o) => ({ ...o, ...titled(v.options.length === 1 ? v : {}) })),
      );
      return { ...base, type: "choice", options };
    }
    // Two lists or two objects cannot be told apart by what a value is.
    const kinds = variants.map(shape).filter((s) => composite.has(s));
    if (new Set(kinds).size < kinds.length) return island(schema, place, key);
    return { ...base, type: "union", variants, offered: true };
  }

  private list(schema: JsonObject, base: Common): Field {
    // When it is asked for: a schema that holds itself in a list has no end.
    const item = lazily(() => this.read(schema["items"] ?? true, { name: "", required: true }, []));
    return {
      ...base,
      type: "list",
      unique: schema["uniqueItems"] === true,
      ...bounds(schema, "minItems", "maxItems"),
      get item(): Field {
        return item();
      },
    };
  }

  private object(schema: JsonObject, base: Common, trail: readonly string[]): Field {
    const additional = schema["additionalProperties"];
    const properties = schema["properties"];
    const item = lazily(() => this.read(additional ?? true, { name: "", required: true }, []));
    if (!isObject(properties) || Object.keys(properties).length === 0) {
      if (additional === false) return { ...base, type: "object", fields: [] };
      const names = schema["propertyNames"];
      const pattern = member(names, "pattern");
      return {
        ...base,
        type: "map",
        ...(typeof pattern === "string" ? { keyPattern: pattern } : {}),
        ...bounds(schema, "minProperties", "maxProperties"),
        get item(): Field {
          return item();
        },
      };
    }
    const required = schema["required"];
    const needed = Array.isArray(required) ? required : [];
    const fields = Object.entries(properties).map(([name, inner]) =>
      this.read(inner, { name, required: needed.includes(name) }, trail),
    );
    const object: ObjectField = { ...base, type: "object", fields };
    if (additional === undefined || additional === false) return object;
    return Object.defineProperty(object, "extra", { get: item, enumerable: true });
  }
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

function island(schema: Json, place: Place, reason: string): Field {
  return { ...common(isObject(schema) ? schema : {}, place), type: "island", schema, reason };
}

function common(schema: JsonObject, place: Place): Common {
  const examples = schema["examples"];
  const ui = schema["x-ui"];
  return {
    ...place,
    ...titled(schema),
    ...(schema["default"] === undefined ? {} : { default: schema["default"] }),
    readOnly: schema["readOnly"] === true,
    secret: schema["writeOnly"] === true || schema["format"] === "password",
    examples: Array.isArray(examples) ? examples : [],
    ui: isObject(ui) ? ui : {},
  };
}

function titled(schema: { title?: Json; description?: Json }): { title?: string; description?: string } {
  const { title, description } = schema;
  return {
    ...(typeof title === "string" && title !== "" ? { title } : {}),
    ...(typeof description === "string" && description !== "" ? { description } : {}),
  };
}

/** The types a schema allows, null aside: members that are null count as absent. */
function typesOf(schema: JsonObject): string[] {
  const type = schema["type"];
  if (typeof type === "string") return [type];
  if (Array.isArray(type))
    return type.filter((t) => typeof t === "string").filter((t) => t !== "null" || type.length === 1);
  if ("properties" in schema || "additionalProperties" in schema) return ["object"];
  if ("items" in schema) return ["array"];
  if ("pattern" in schema || "minLength" in schema || "maxLength" in schema || "format" in schema) return ["string"];
  if ("minimum" in schema || "maximum" in schema || "multipleOf" in schema) return ["number"];
  return [];
}

function shape(field: Field): string {
  return field.type === "map" ? "object" : field.type === "list" ? "array" : field.type;
}

function textRules(schema: JsonObject) {
  const { pattern, format, contentMediaType: mediaType } = schema;
  return {
    base64: schema["contentEncoding"] === "base64",
    ...(typeof pattern === "string" ? { pattern } : {}),
    ...(typeof format === "string" ? { format } : {}),
    ...(typeof mediaType === "string" ? { mediaType } : {}),
    ...bounds(schema, "minLength", "maxLength"),
  };
}

function numberRules(schema: JsonObject) {
  const { exclusiveMinimum: above, exclusiveMaximum: under, multipleOf: step } = schema;
  return {
    ...bounds(schema, "minimum", "maximum"),
    ...(typeof above === "number" ? { above } : {}),
    ...(typeof under === "number" ? { under } : {}),
    ...(typeof step === "number" ? { step } : {}),
  };
}

function bounds(schema: JsonObject, low: string, high: string): { min?: number; max?: number } {
  const min = schema[low];
  const max = schema[high];
  return { ...(typeof min === "number" ? { min } : {}), ...(typeof max === "number" ? { max } : {}) };
}
