import { expect, test } from "vitest";
import { relatedTo } from "./relations.ts";

const node = (key: string, depth: number) => ({
  key,
  depth,
  entity: "run",
  id: key,
  name: key,
  kind: "k",
  project: "p",
});

test("what it came from comes before what came of it, farther steps are left out", () => {
  const related = relatedTo({
    focus: "clf",
    truncated: false,
    nodes: [node("clf", 0), node("report", 1), node("train", -1), node("cities", -2)],
    edges: [
      { type: "produced_by", source: "clf", dest: "train" },
      { type: "consumes", source: "report", dest: "clf" },
      { type: "consumes", source: "train", dest: "cities" },
    ],
  });
  expect(related.map(({ node, direction, types }) => [node.name, direction, types])).toEqual([
    ["train", "up", ["produced_by"]],
    ["report", "down", ["consumes"]],
  ]);
});
