import { expect, test } from "vitest";
import { pointAt, readBundle } from "./bundle.ts";

const kinds = [
  { entity: "function", kind: "python" },
  { entity: "trigger", kind: "scheduler" },
];

const text = `kind: scheduler
name: nightly
---
# a remark
id: 1a
key: store://old/function/python/f:1a
kind: python
name: f
project: old
---
kind: python+job
spec: {}
---
kind: project
name: old
`;

test("documents become things in the order of their making, tasks behind their function", () => {
  const bundle = readBundle(text, kinds);
  if ("flaws" in bundle) throw new Error(JSON.stringify(bundle.flaws));
  expect(bundle.items.map(({ entity, name, line }) => [entity, name, line])).toEqual([
    ["function", "f", 3],
    ["trigger", "nightly", 1],
  ]);
  expect(bundle.items[0]?.text).toContain("---\n\nkind: python+job");
  expect(bundle.items[0]?.from).toEqual({ project: "old", id: "1a" });
  expect(bundle.items[0]?.lineOf("/name")).toBe(8);
  expect(bundle.left).toEqual(["project old"]);
});

test("a broken document is told with its line in the whole text", () => {
  const bundle = readBundle("kind: python\nname: f\n---\nname: g\nkind: [python\nspec: 3\n", kinds);
  expect("flaws" in bundle && bundle.flaws[0]).toMatchObject({ rule: "syntax" });
  expect("flaws" in bundle && (bundle.flaws[0]?.line ?? 0) >= 5).toBe(true);
});

test.each([
  ["name: f\n", "no-kind", 1],
  ["kind: python\n", "no-name", 1],
  ["a: 1\nkind: pythn\nname: f\n", "unknown-kind", 2],
  ["kind: python+job\nspec: {}\n", "lone-task", 1],
  ["- 1\n", "not-object", 1],
  ["# nothing\n", "nothing", 1],
] as const)("%j is %s", (bad, rule, line) => {
  const bundle = readBundle(bad, kinds);
  expect("flaws" in bundle && bundle.flaws.map((flaw) => [flaw.rule, flaw.line])).toEqual([[rule, line]]);
});

test("an empty text holds nothing and is no flaw", () => {
  expect(readBundle("", kinds)).toEqual({ items: [], left: [] });
});

test("later documents point at what was made before", () => {
  expect(
    pointAt(
      "function: python://old/f:1a",
      new Map([
        ["1a", "2b"],
        ["://old/", "://new/"],
      ]),
    ),
  ).toBe("function: python://new/f:2b");
});
