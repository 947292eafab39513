import { plurals } from "../plural.ts";

const many = plurals("it");

export const projects = {
  title: "Projects",
  noun: { one: "project", other: "projects" },
  name: "Name",
  description: "Description",
  labels: "Labels",
  created: "Created",
  updated: "Last activity",
  by: "By",
  create: "New project",
  createTitle: "New project",
  createSubmit: "Create project",
  nameHelp: "Use lowercase letters, digits and hyphens, beginning and ending with a letter or digit. The name stays.",
  nameRule:
    "A project name has lowercase letters, digits and hyphens only, and begins and ends with a letter or digit.",
  nameRequired: "A project needs a name.",
  nameTaken: (name: string) => `There is already a project ${name}.`,
  nameFree: (name: string) => `${name} is free.`,
  checking: "Checking the name…",
  open: (name: string) => `Open ${name}`,
  delete: "Delete",
  deleteTitle: (name: string) => `Delete project ${name}`,
  deleteSubmit: "Delete project",
  deleted: (name: string) => `Project ${name} was deleted.`,
  emptyTitle: "No projects yet",
  emptyHelp: "A project holds functions, their runs, and the data they read and write.",
  search: "Filter by name",
  goes: {
    functions: (n: number) => many(n, { one: "# function with all versions", other: "# functions with all versions" }),
    runs: (n: number) => many(n, { one: "# run with its logs", other: "# runs with their logs" }),
    dataitems: (n: number) => many(n, { one: "# data item", other: "# data items" }),
    artifacts: (n: number) => many(n, { one: "# artifact", other: "# artifacts" }),
    models: (n: number) => many(n, { one: "# model", other: "# models" }),
    secrets: (n: number) => many(n, { one: "# secret", other: "# secrets" }),
    triggers: (n: number) => many(n, { one: "# trigger", other: "# triggers" }),
    nothing: "Nothing: the project is empty.",
  },
} as const;
