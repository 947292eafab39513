import { expect, test } from "vitest";
import { folded, ofLineage, ofTypes } from "./relations.ts";

const key = (entity: string, kind: string, rest: string) => `store://p/${entity}/${kind}/${rest}`;
const v1 = key("dataitem", "table", "cities:d1");
const v2 = key("dataitem", "table", "cities:d2");
const model = key("model", "sklearn", "clf:m1");
const runs = ["r1", "r2", "r3"].map((id) => key("run", "python+job:run", `${id}:${id}`));
const [run1 = "", run2 = "", run3 = ""] = runs;

const node = (key: string, entity: string, id: string, name: string, kind: string) => ({
  key,
  entity,
  id,
  name,
  kind,
  project: "p",
  depth: 0,
});

const whole = ofLineage({
  truncated: false,
  nodes: [
    ...runs.map((key, index) => node(key, "run", `r${index + 1}`, `r${index + 1}`, "python+job:run")),
    node(v1, "dataitem", "d1", "cities", "table"),
    node(v2, "dataitem", "d2", "cities", "table"),
    node(model, "model", "m1", "clf", "sklearn"),
  ],
  edges: [
    { type: "consumes", source: run1, dest: v1 },
    { type: "consumes", source: run2, dest: v2 },
    { type: "produced_by", source: model, dest: run1 },
    { type: "produced_by", source: model, dest: run2 },
    { type: "produced_by", source: v2, dest: run3 },
  ],
});

test("versions of a name fold to one, and runs that do the same do too", () => {
  const all = folded(whole);
  expect(all.focus).toBeUndefined();
  expect(all.points.map(({ entity, count, version }) => [entity, count, version])).toEqual([
    ["run", 2, undefined],
    ["run", 1, "r3"],
    ["dataitem", 2, undefined],
    ["model", 1, "m1"],
  ]);
  expect(all.relations.map(({ type }) => type)).toEqual(["consumes", "produced_by", "produced_by"]);
});

test("a lineage keeps its focus and what is missing; types filter, the focus stays", () => {
  const all = ofLineage({
    focus: model,
    truncated: false,
    nodes: [
      { key: model, entity: "model", id: "m1", name: "clf", kind: "sklearn", project: "p", depth: 0, version: 1 },
      { key: run1, entity: "run", id: "r1", name: "r1", kind: "x", project: "p", depth: -1, function: "train" },
      { key: v1, entity: "dataitem", id: "d1", name: "cities", kind: "table", project: "p", depth: -2, missing: true },
    ],
    edges: [
      { type: "produced_by", source: model, dest: run1 },
      { type: "consumes", source: run1, dest: v1 },
    ],
  });
  expect(all.points[1]).toMatchObject({ name: "train", run: "r1" });
  expect(all.points[2]?.missing).toBe(true);
  expect(ofTypes(all, ["run"]).points.map(({ entity }) => entity)).toEqual(["model", "run"]);
  expect(ofTypes(all, ["run"]).relations).toHaveLength(1);
  expect(ofTypes(all, undefined)).toBe(all);
  expect(folded(all).focus).toBe("model sklearn clf");
});
