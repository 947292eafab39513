import { describe, expect, test } from "vitest";
import type { Json } from "../lib/json.ts";
import { readSchema } from "./dialect.ts";
import type { Field } from "./field.ts";

/** Says a tree in short, so that a table can hold it. */
function say(f: Field, depth = 3): string {
  const mark = `${f.required && f.name !== "" ? "*" : ""}${f.readOnly ? "!" : ""}`;
  const name = f.name === "" ? "" : `${f.name}${mark}:`;
  if (depth === 0) return `${name}…`;
  switch (f.type) {
    case "object":
      return `${name}{${f.fields.map((x) => say(x, depth - 1)).join(",")}${f.extra ? `,+${say(f.extra, depth - 1)}` : ""}}`;
    case "map":
      return `${name}map<${say(f.item, depth - 1)}>`;
    case "list":
      return `${name}[${say(f.item, depth - 1)}]`;
    case "choice":
      return `${name}${f.options.map((o) => JSON.stringify(o.value)).join("|")}`;
    case "union":
      return `${name}(${f.variants.map((v) => say({ ...v, name: "" }, depth - 1)).join(" or ")})`;
    case "island":
      return `${name}island(${f.reason})`;
    case "number":
      return `${name}${f.integer ? "integer" : "number"}`;
    case "text":
    case "boolean":
    case "any":
      return `${name}${f.type}`;
  }
}

const table: [string, Json, string][] = [
  ["text", { type: "string" }, "text"],
  ["number and integer", { properties: { a: { type: "number" }, b: { type: "integer" } } }, "{a:number,b:integer}"],
  [
    "required and read-only",
    { type: "object", required: ["a"], properties: { a: { type: "string" }, b: { type: "boolean", readOnly: true } } },
    "{a*:text,b!:boolean}",
  ],
  ["nested", { properties: { a: { type: "object", properties: { b: { type: "string" } } } } }, "{a:{b:text}}"],
  ["list of texts", { type: "array", items: { type: "string" } }, "[text]"],
  [
    "list of objects",
    { type: "array", items: { type: "object", properties: { a: { type: "string" } } } },
    "[{a:text}]",
  ],
  ["list of anything", { type: "array" }, "[any]"],
  ["map", { type: "object", additionalProperties: { type: "integer" } }, "map<integer>"],
  ["map of anything", { type: "object" }, "map<any>"],
  ["closed and empty", { type: "object", additionalProperties: false }, "{}"],
  ["members and others", { properties: { a: { type: "string" } }, additionalProperties: true }, "{a:text,+any}"],
  ["enum", { enum: ["a", "b", 3] }, '"a"|"b"|3'],
  ["const", { const: "a" }, '"a"'],
  ["oneOf of constants", { oneOf: [{ const: 1, title: "One" }, { const: 2 }] }, "1|2"],
  [
    "oneOf of scalars",
    { oneOf: [{ type: "string" }, { type: "integer" }, { type: "boolean" }] },
    "(text or integer or boolean)",
  ],
  ["anyOf with null", { anyOf: [{ type: "string" }, { type: "null" }] }, "text"],
  ["several types", { type: ["string", "number"] }, "(text or number)"],
  ["type or null", { type: ["string", "null"] }, "text"],
  [
    "list or map",
    { type: ["array", "object"], items: { type: "string" }, additionalProperties: { type: "string" } },
    "([text] or map<text>)",
  ],
  ["reference", { $defs: { x: { type: "string" } }, properties: { a: { $ref: "#/$defs/x" } } }, "{a:text}"],
  ["reference by anchor", { $defs: { x: { $anchor: "y", type: "integer" } }, $ref: "#y" }, "integer"],
  [
    "reference to a reference",
    { $defs: { x: { $ref: "#/$defs/y" }, y: { type: "boolean" } }, $ref: "#/$defs/x" },
    "boolean",
  ],
  [
    "allOf",
    {
      allOf: [{ properties: { a: { type: "string" } }, required: ["a"] }, { properties: { b: { type: "integer" } } }],
      type: "object",
    },
    "{a*:text,b:integer}",
  ],
  ["allOf narrows", { allOf: [{ type: ["string", "integer"] }, { type: "integer" }] }, "integer"],
  [
    "recursion through a list ends when asked",
    { $defs: { n: { properties: { kids: { type: "array", items: { $ref: "#/$defs/n" } } } } }, $ref: "#/$defs/n" },
    "{kids:[{kids:…}]}",
  ],
  ["no type at all", {}, "any"],
  ["anything", true, "any"],
  ["nothing", false, "island(false)"],
  [
    "recursion without end",
    { $defs: { n: { properties: { kid: { $ref: "#/$defs/n" } } } }, $ref: "#/$defs/n" },
    "{kid:island($ref)}",
  ],
  ["dead reference", { $ref: "#/$defs/none" }, "island($ref)"],
  ["other document", { $ref: "https://example.org/x.json" }, "island($ref)"],
  [
    "pattern of names",
    { type: "object", patternProperties: { "^x": { type: "string" } } },
    "island(patternProperties)",
  ],
  ["tuple", { type: "array", prefixItems: [{ type: "string" }] }, "island(prefixItems)"],
  ["condition", { type: "object", if: {} }, "island(if)"],
  [
    "two objects",
    {
      oneOf: [
        { type: "object", properties: { a: {} } },
        { type: "object", properties: { b: {} } },
      ],
    },
    "island(oneOf)",
  ],
  ["contradiction", { allOf: [{ type: "string" }, { type: "integer" }] }, "island(allOf)"],
  ["unknown type", { type: "color" }, "island(type)"],
  [
    "an island is only where it must be",
    { properties: { a: { not: {} }, b: { type: "string" } } },
    "{a:island(not),b:text}",
  ],
];

test.each(table)("%s", (_, schema, said) => {
  expect(say(readSchema(schema))).toBe(said);
});

describe("rules and notes", () => {
  test("of a text", () => {
    const field = readSchema({
      type: "string",
      title: "T",
      description: "D",
      default: "x",
      examples: ["a"],
      pattern: "^a",
      format: "uri",
      minLength: 1,
      maxLength: 3,
      writeOnly: true,
      contentEncoding: "base64",
      "x-ui": { widget: "code" },
    });
    expect(field).toMatchObject({
      type: "text",
      title: "T",
      description: "D",
      default: "x",
      examples: ["a"],
      pattern: "^a",
      format: "uri",
      min: 1,
      max: 3,
      secret: true,
      base64: true,
      ui: { widget: "code" },
    });
  });

  test("of a number", () => {
    expect(
      readSchema({
        type: "number",
        minimum: 1,
        maximum: 9,
        exclusiveMinimum: 0,
        exclusiveMaximum: 10,
        multipleOf: 0.5,
      }),
    ).toMatchObject({ min: 1, max: 9, above: 0, under: 10, step: 0.5 });
  });

  test("of lists and maps", () => {
    expect(readSchema({ type: "array", minItems: 1, maxItems: 2, uniqueItems: true })).toMatchObject({
      min: 1,
      max: 2,
      unique: true,
    });
    expect(readSchema({ type: "object", propertyNames: { pattern: "^a" }, minProperties: 1 })).toMatchObject({
      type: "map",
      keyPattern: "^a",
      min: 1,
    });
  });

  test("allOf unites bounds and choices", () => {
    expect(
      readSchema({
        allOf: [
          { type: "integer", minimum: 1 },
          { minimum: 3, maximum: 9 },
        ],
        maximum: 8,
      }),
    ).toMatchObject({ min: 3, max: 8 });
    expect(readSchema({ allOf: [{ enum: [1, 2] }, { enum: [2, 3] }] })).toMatchObject({ options: [{ value: 2 }] });
  });

  test("titles of constants become the choice's words", () => {
    expect(
      readSchema({
        oneOf: [
          { const: 1, title: "One" },
          { const: 2, description: "Two" },
        ],
      }),
    ).toMatchObject({
      options: [
        { value: 1, title: "One" },
        { value: 2, description: "Two" },
      ],
    });
  });

  test("beside a reference, a schema says more about the same", () => {
    expect(
      readSchema({ $defs: { x: { type: "string", title: "X", minLength: 1 } }, $ref: "#/$defs/x", title: "Mine" }),
    ).toMatchObject({ title: "Mine", min: 1 });
  });
});
