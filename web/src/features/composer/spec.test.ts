import { expect, test } from "vitest";
import type { JsonObject } from "../../lib/json.ts";
import { changesOf, formSchema, placeOfInput, settable, takeOver, withInput } from "./spec.ts";

const schema = {
  required: ["function", "parameters"],
  properties: {
    function: { type: "string" },
    task: { type: "string" },
    source: { type: "object", readOnly: true },
    parameters: { type: "object" },
    resources: { type: "object" },
  },
};

test("the form holds what a person sets, and takes only that over", () => {
  expect(settable(schema)).toEqual(["parameters", "resources"]);
  expect(formSchema(schema)).toEqual({
    properties: { parameters: { type: "object" }, resources: { type: "object" } },
    required: ["parameters"],
  });
  expect(takeOver({ function: "f", source: {}, parameters: { a: 1 } }, settable(schema))).toEqual({
    parameters: { a: 1 },
  });
});

test("what a run of a trigger left empty is not taken over: its form would refuse it", () => {
  const fired = { function: "f", schedule: "", parameters: { text: "" } };
  expect(takeOver(fired, ["schedule", "parameters"])).toEqual({ parameters: { text: "" } });
});

test("differences are told by path", () => {
  const before = { parameters: { epochs: 5, lr: 0.1 }, resources: { mem: "2Gi" }, envs: [1] };
  const after = { parameters: { epochs: 10, lr: 0.1, x: null }, envs: [1, 2] };
  expect(changesOf(before, after)).toEqual([
    { path: "parameters.epochs", before: 5, after: 10 },
    { path: "parameters.x", before: undefined, after: null },
    { path: "resources.mem", before: "2Gi", after: undefined },
    { path: "envs", before: [1], after: [1, 2] },
  ]);
  expect(changesOf(before, before)).toEqual([]);
});

test("an input takes the place of its other version, else of the only one of its type, else stands by itself", () => {
  const key = "store://demo/dataitem/table/my-cities:2";
  const other = "store://demo/dataitem/table/weather:1";
  const inputs = (before: JsonObject | JsonObject[]) => withInput({ inputs: before }, key)["inputs"];
  expect(inputs({ data: "store://demo/dataitem/table/my-cities:1", more: other })).toEqual({ data: key, more: other });
  expect(inputs([{ data: other }, { base: "store://demo/model/sklearn/clf" }])).toEqual({
    data: key,
    base: "store://demo/model/sklearn/clf",
  });
  expect(inputs({ a: other, b: other })).toEqual({ a: other, b: other, my_cities: key });
  expect(withInput({}, key)).toEqual({ inputs: { my_cities: key } });
  expect(withInput({ inputs: {} }, "no key")).toEqual({ inputs: {} });
  expect(placeOfInput({ inputs: { data: other } }, key)).toEqual({ argument: "data", guessed: false });
  expect(placeOfInput({}, key)).toEqual({ argument: "my_cities", guessed: true });
});
