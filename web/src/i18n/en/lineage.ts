import { plurals } from "../plural.ts";

const many = plurals("en");

export const lineage = {
  title: "Lineage",
  titleOf: (name: string) => `Lineage of ${name}`,
  what: "the lineage",
  noun: { one: "node", other: "nodes" },
  relationNoun: { one: "relation", other: "relations" },
  count: (nodes: string, relations: string) => `${nodes}, ${relations}`,
  whole: "Whole project",
  view: "View",
  views: { graph: "Graph", list: "List" },
  graph: "Graph of the lineage",
  list: "Relations",
  type: "Type",
  depth: "Depth",
  steps: (n: number) => many(n, { one: "# step", other: "# steps" }),
  usualSteps: (n: number) => many(n, { one: "# step, as usual", other: "# steps, as usual" }),
  direction: "Direction",
  directions: { up: "What it came from", down: "What came of it" },
  fold: "Versions as one",
  truncated: "There is more than one answer holds: choose a smaller depth or one direction.",
  truncatedWhole:
    "There is more than one picture holds: the newest are drawn. Look at the lineage of one thing to see all around it.",
  lookAt: (name: string) => `Lineage of ${name}`,
  missing: "no longer there",
  more: "more relations",
  runs: (n: number) => many(n, { one: "# run", other: "# runs" }),
  versions: (n: number) => many(n, { one: "# version", other: "# versions" }),
  what1: "What",
  relation: "Relation",
  what2: "Of what",
  relations: {
    produced_by: "was produced by",
    consumes: "read",
    run_of: "is a run of",
    step_of: "is a step of",
  },
  emptyTitle: "No relations yet",
  emptyHelp: "Runs that read and write data items, models and artifacts make relations by themselves.",
} as const;
