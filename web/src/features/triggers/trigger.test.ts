import { expect, test } from "vitest";
import { readKey, writeKey } from "./pattern.ts";
import { leftOut, loosened, targetOf, whenOf } from "./trigger.ts";

test("what a trigger runs is read from its references", () => {
  expect(targetOf({ function: "python://p/a.b+c:1f", task: "python+job://p/77" })).toEqual({
    kind: "python",
    name: "a.b+c",
    version: "1f",
    action: "job",
  });
  expect(targetOf({ function: 3 })).toBeUndefined();
});

test("when is what does not say what", () => {
  expect(whenOf({ schedule: "@daily", timezone: "UTC", task: "t", function: "f", template: {} })).toEqual({
    schedule: "@daily",
    timezone: "UTC",
  });
});

test("a key that says no more than type, kind and name survives its parts", () => {
  for (const key of ["store://p/dataitem/*/cities*", "store://p/run/python+job:run/*", "store://p/model/*/*"]) {
    const parts = readKey(key, "p");
    expect(parts && writeKey(parts, "p")).toBe(key);
  }
  expect(readKey("store://p/dataitem", "p")).toEqual({ type: "dataitem", kind: "", name: "" });
  for (const key of ["store://other/dataitem/*/x", "store://p/dataitem/table/x:12", "store://p/secret/*/x", "x"])
    expect(readKey(key, "p")).toBeUndefined();
});

test("in a template a placeholder may stand wherever a text may", () => {
  const loose = loosened({
    properties: { inputs: { additionalProperties: { type: "string", pattern: "^store://" } } },
  });
  const pattern = JSON.stringify(loose).match(/"pattern":("[^,}]*")/)?.[1] ?? "";
  const rule = new RegExp(JSON.parse(pattern) as string);
  expect(["store://p/x", "{{input.key}}", "cities"].map((text) => rule.test(text))).toEqual([true, true, false]);
});

test("a template leaves out what the trigger sets and what cannot be set", () => {
  const out = leftOut({ properties: { image: { readOnly: true }, inputs: {} } });
  expect(out).toContain("/function");
  expect(out).toContain("/image");
  expect(out).not.toContain("/inputs");
});
