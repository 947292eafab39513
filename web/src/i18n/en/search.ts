import { plurals } from "../plural.ts";

const many = plurals("en");

export const search = {
  title: "Search",
  noun: { one: "hit", other: "hits" },
  everywhere: "in all projects",
  inProject: (project: string) => `in ${project}`,
  words: "Words in names, descriptions, labels and ids",
  type: "Type",
  kind: "Kind",
  state: "State",
  label: "Label",
  labels: "Labels",
  versions: "Versions",
  allVersions: "Each version",
  name: "Name",
  project: "Project",
  foundIn: "Found in",
  updated: "Updated",
  within: { "24h": "within a day", "7d": "within 7 days", "30d": "within 30 days", "365d": "within a year" } as Record<
    string,
    string
  >,
  by: "By",
  results: "Results",
  byType: "Hits by type",
  recent: "Without words, what changed last comes first.",
  counted: (word: string, count: number) => (count === 0 ? word : `${word} ${count}`),
  atLeast: (count: number) => many(count, { one: "more than # hit", other: "more than # hits" }),
  more: "Show more",
  types: {
    function: "Functions",
    run: "Runs",
    dataitem: "Data items",
    model: "Models",
    artifact: "Artifacts",
    trigger: "Triggers",
    secret: "Secrets",
    workflow: "Workflows",
    project: "Projects",
  },
  places: { "metadata.description": "description", id: "id" },
  emptyTitle: "Nothing to find yet",
  emptyHelp: "Everything that is made here is found by its name, description, labels or id; runs too.",
} as const;
