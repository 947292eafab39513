import { plurals } from "../plural.ts";

const many = plurals("en");

/** What the things of a project are called, by the word that the API has for them. */
export const entities = {
  author: "Author",
  id: "Id",
  path: "Path",
  label: "Label",
  labelTitle: (n: number) => many(n, { one: "Label # row", other: "Label # rows" }),
  labelled: (n: number) => many(n, { one: "# was labelled.", other: "# were labelled." }),
  one: {
    project: "Project",
    function: "Function",
    workflow: "Workflow",
    task: "Task",
    run: "Run",
    dataitem: "Data item",
    model: "Model",
    artifact: "Artifact",
    trigger: "Trigger",
    secret: "Secret",
  },
  many: {
    project: "Projects",
    function: "Functions",
    workflow: "Workflows",
    task: "Tasks",
    run: "Runs",
    dataitem: "Data items",
    model: "Models",
    artifact: "Artifacts",
    trigger: "Triggers",
    secret: "Secrets",
  },
} as const;
