import { plurals } from "../plural.ts";

const many = plurals("en");

export const projects = {
  title: "Projects",
  noun: { one: "project", other: "projects" },
  name: "Name",
  description: "Description",
  labels: "Labels",
  created: "Created",
  updated: "Last activity",
  by: "Owner",
  role: "Role",
  roles: { admin: "Administrator", member: "Member" },
  running: "Running",
  runningIn: (name: string, n: number) =>
    many(n, { one: `# run running in ${name}`, other: `# runs running in ${name}` }),
  failed: "Failed in 24 h",
  failedIn: (name: string, n: number) =>
    many(n, { one: `# run failed in 24 hours in ${name}`, other: `# runs failed in 24 hours in ${name}` }),
  labelFilter: "Label",
  create: "New project",
  createTitle: "New project",
  createSubmit: "Create project",
  nameHelp: "2 to 38 characters: lowercase letters, digits and hyphens. The name stays.",
  nameRule: "A project name has 2 to 38 characters: lowercase letters, digits and hyphens.",
  nameRequired: "A project needs a name.",
  nameTaken: (name: string) => `There is already a project ${name}.`,
  nameFree: (name: string) => `${name} is free.`,
  checking: "Checking the name…",
  open: (name: string) => `Open ${name}`,
  delete: "Delete",
  deleteName: (name: string) => `Delete project ${name}`,
  deleteTitle: (name: string) => `Delete project ${name}`,
  deleteSubmit: "Delete project",
  deleted: (name: string) => `Project ${name} was deleted.`,
  emptyTitle: "No projects yet",
  emptyHelp: "A project holds functions, their runs, and the data they read and write.",
  search: "Filter by name",
  goes: {
    functions: (n: number) => many(n, { one: "# function with all versions", other: "# functions with all versions" }),
    runs: (n: number) => many(n, { one: "# run with its logs", other: "# runs with their logs" }),
    live: (n: number) =>
      many(n, {
        one: "# of them still runs: its process is ended",
        other: "# of them still run: their processes are ended",
      }),
    dataitems: (n: number) => many(n, { one: "# data item", other: "# data items" }),
    artifacts: (n: number) => many(n, { one: "# artifact", other: "# artifacts" }),
    models: (n: number) => many(n, { one: "# model", other: "# models" }),
    secrets: (n: number) => many(n, { one: "# secret", other: "# secrets" }),
    triggers: (n: number) => many(n, { one: "# trigger", other: "# triggers" }),
    nothing: "Nothing: the project is empty.",
  },
} as const;
