import { expect, test } from "vitest";
import { compareFields, countChanges, fieldsFound, fieldsOf } from "./schema.ts";

const fields = (...list: [string, string][]) => list.map(([name, type]) => ({ name, type }));

test("columns that came, went and changed their type are told apart, those that are gone last", () => {
  const changes = compareFields(
    fields(["name", "string"], ["pop", "integer"], ["old", "date"]),
    fields(["name", "string"], ["country", "string"], ["pop", "number"]),
  );
  expect(changes.map(({ field, change, before }) => [field.name, change, before])).toEqual([
    ["name", "same", undefined],
    ["country", "added", undefined],
    ["pop", "retyped", "integer"],
    ["old", "removed", undefined],
  ]);
  expect(countChanges(changes)).toEqual({ added: 1, removed: 1, retyped: 1 });
});

test("the schema of a version is read as it is, and what is no schema is none", () => {
  const schema = {
    fields: [{ name: "a", type: "integer", constraints: { required: true } }, "nonsense", { name: "b" }],
  };
  expect(fieldsOf({ spec: { schema } })).toMatchObject([
    { name: "a", type: "integer", constraints: '{"required":true}' },
    { name: "b", type: "any" },
  ]);
  for (const spec of [{}, { schema: null }, { schema: { fields: "x" } }, { schema: { fields: [] } }])
    expect(fieldsOf({ spec })).toBeUndefined();
  expect(fieldsFound([{ name: "a", type: "date" }])).toEqual([{ name: "a", type: "date" }]);
});
