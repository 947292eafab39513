import { expect, test } from "vitest";
import { besideRun } from "./lineage.ts";

const node = (key: string, depth: number) => ({
  key,
  entity: "dataitem",
  id: key,
  name: key,
  kind: "table",
  project: "p",
  depth,
});

test("what a run read stands before what it wrote; what is two steps away stays away", () => {
  const beside = besideRun({
    focus: "run",
    truncated: false,
    nodes: [node("written", 1), node("run", 0), node("read", -1), node("also", -1), node("far", -2)],
    edges: [
      { type: "produced_by", source: "written", dest: "run" },
      { type: "consumes", source: "run", dest: "read" },
      { type: "run_of", source: "run", dest: "also" },
      { type: "consumes", source: "also", dest: "far" },
      { type: "consumes", source: "run", dest: "not told" },
    ],
  });
  expect(beside.map(({ node: { name }, direction, type }) => [name, direction, type])).toEqual([
    ["also", "up", "run_of"],
    ["read", "up", "consumes"],
    ["written", "down", "produced_by"],
  ]);
});
