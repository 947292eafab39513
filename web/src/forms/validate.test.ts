import { expect, test } from "vitest";
import type { Json } from "../lib/json.ts";
import { readSchema } from "./dialect.ts";
import { readHints } from "./hints.ts";
import { type Problem, validate } from "./validate.ts";

function problems(schema: Json, value: Json | undefined, omit: string[] = [], ui?: Json): Problem[] {
  return validate(readSchema(schema), readHints(ui), value, "", omit);
}
const object = (properties: Record<string, Json>, required: string[] = []): Json => ({
  type: "object",
  properties,
  required,
});

const table: [string, Json, Json, Problem[]][] = [
  ["nothing typed, nothing needed", object({ a: { type: "string", minLength: 3 } }), {}, []],
  ["needed", object({ a: { type: "string" } }, ["a"]), {}, [{ pointer: "/a", rule: "required" }]],
  [
    "null counts as absent",
    object({ a: { type: "string" } }, ["a"]),
    { a: null },
    [{ pointer: "/a", rule: "required" }],
  ],
  [
    "needed within what is needed",
    object({ s: object({ h: { type: "string" } }, ["h"]) }, ["s"]),
    {},
    [
      { pointer: "/s", rule: "required" },
      { pointer: "/s/h", rule: "required" },
    ],
  ],
  ["not needed within what is not there", object({ s: object({ h: { type: "string" } }, ["h"]) }), {}, []],
  [
    "read-only is nobody's fault",
    object({ a: { type: "string", readOnly: true, minLength: 9 } }, ["a"]),
    { a: "x" },
    [],
  ],
  ["type of a text", object({ a: { type: "string" } }), { a: 3 }, [{ pointer: "/a", rule: "type", want: "text" }]],
  [
    "type of a number",
    object({ a: { type: "number" } }),
    { a: "3x" },
    [{ pointer: "/a", rule: "type", want: "number" }],
  ],
  ["no integer", object({ a: { type: "integer" } }), { a: 1.5 }, [{ pointer: "/a", rule: "type", want: "integer" }]],
  ["digits would be lost", object({ a: { type: "integer" } }), { a: 2 ** 60 }, [{ pointer: "/a", rule: "precision" }]],
  [
    "bounds",
    object({
      a: { type: "number", minimum: 1 },
      b: { type: "number", maximum: 1 },
      c: { type: "number", exclusiveMinimum: 1 },
      d: { type: "number", exclusiveMaximum: 1 },
      e: { type: "number", multipleOf: 0.1 },
    }),
    { a: 0, b: 2, c: 1, d: 1, e: 0.35 },
    [
      { pointer: "/a", rule: "min", limit: 1 },
      { pointer: "/b", rule: "max", limit: 1 },
      { pointer: "/c", rule: "above", limit: 1 },
      { pointer: "/d", rule: "under", limit: 1 },
      { pointer: "/e", rule: "step", limit: 0.1 },
    ],
  ],
  ["a multiple despite rounding", object({ e: { type: "number", multipleOf: 0.1 } }), { e: 0.3 }, []],
  [
    "lengths count characters",
    object({ a: { type: "string", maxLength: 2 }, b: { type: "string", minLength: 2 } }),
    { a: "👩👩", b: "👩" },
    [{ pointer: "/b", rule: "min-length", limit: 2 }],
  ],
  ["choice", object({ a: { enum: ["x", 1] } }), { a: "1" }, [{ pointer: "/a", rule: "enum", options: ["x", 1] }]],
  [
    "pattern",
    object({ a: { type: "string", pattern: "^[a-z]+$" } }),
    { a: "A b" },
    [{ pointer: "/a", rule: "pattern", pattern: "^[a-z]+$" }],
  ],
  ["a pattern that is none refuses nothing", object({ a: { type: "string", pattern: "(" } }), { a: "x" }, []],
  [
    "format",
    object({ a: { type: "string", format: "date-time" }, b: { type: "string", format: "unheard-of" } }),
    { a: "yesterday", b: "x" },
    [{ pointer: "/a", rule: "format", format: "date-time" }],
  ],
  [
    "items",
    object({ a: { type: "array", items: { type: "integer" }, minItems: 3 } }),
    { a: [1, "x"] },
    [
      { pointer: "/a", rule: "min-items", limit: 3 },
      { pointer: "/a/1", rule: "type", want: "integer" },
    ],
  ],
  [
    "doubles",
    object({ a: { type: "array", uniqueItems: true } }),
    { a: [{ x: 1 }, { x: 1 }] },
    [{ pointer: "/a/1", rule: "unique", value: '{"x":1}' }],
  ],
  [
    "a variable set twice",
    object({
      envs: { type: "array", items: object({ name: { type: "string" }, value: { type: "string" } }, ["name"]) },
    }),
    { envs: [{ name: "A", value: "1" }, { name: "A" }] },
    [{ pointer: "/envs/1", rule: "unique", value: "A" }],
  ],
  [
    "names of a map",
    object({
      a: { type: "object", propertyNames: { pattern: "^[a-z]+$" }, additionalProperties: { type: "integer" } },
    }),
    { a: { X: "y" } },
    [
      { pointer: "/a/X", rule: "pattern", pattern: "^[a-z]+$" },
      { pointer: "/a/X", rule: "type", want: "integer" },
    ],
  ],
  ["a member nobody knows", object({ a: { type: "string" } }), { b: 1 }, [{ pointer: "/b", rule: "unknown" }]],
  [
    "a member that may be there",
    { type: "object", properties: { a: { type: "string" } }, additionalProperties: { type: "integer" } },
    { b: "x" },
    [{ pointer: "/b", rule: "type", want: "integer" }],
  ],
  [
    "none of several types",
    object({ a: { type: ["string", "integer"] } }),
    { a: true },
    [{ pointer: "/a", rule: "type", want: "other" }],
  ],
  [
    "the variant that has the type",
    object({
      a: {
        oneOf: [
          { type: "string", pattern: "^a" },
          { type: "integer", minimum: 5 },
        ],
      },
    }),
    { a: 3 },
    [{ pointer: "/a", rule: "min", limit: 5 }],
  ],
  [
    "memory in words",
    object({ resources: object({ mem: { type: ["string", "number", "object"], pattern: "^[0-9]+([a-zA-Z]+)?$" } }) }),
    { resources: { mem: "4 gigs" } },
    [{ pointer: "/resources/mem", rule: "quantity", unit: "bytes" }],
  ],
  [
    "memory as a number",
    object({ resources: object({ mem: { type: ["string", "number", "object"] } }) }),
    { resources: { mem: 1024 } },
    [],
  ],
  [
    "schedule",
    object({ schedule: { type: "string" } }),
    { schedule: "61 * * * *" },
    [{ pointer: "/schedule", rule: "cron", error: "minute: 61" }],
  ],
  ["an island is the server's", object({ a: { not: {} } }), { a: 1 }, []],
];

test.each(table)("%s", (_, schema, value, found) => {
  expect(problems(schema, value)).toEqual(found);
});

test("what the caller draws is the caller's", () => {
  expect(problems(object({ function: { type: "string" } }, ["function"]), {}, ["/function"])).toEqual([]);
});

test("a hint says what a text is", () => {
  const schema = object({ when: { type: "string" } });
  expect(problems(schema, { when: "often" }, [], { when: { "ui:widget": "cron" } })).toEqual([
    { pointer: "/when", rule: "cron", error: "fields" },
  ]);
});
