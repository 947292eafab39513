import { plurals } from "../plural.ts";

const many = plurals("en");

export const composer = {
  title: (name: string) => `Run ${name}`,
  lastRun: "the last run",
  create: "Create and open",
  steps: {
    label: "Steps",
    configuration: "Configuration",
    data: "Inputs, outputs and parameters",
    review: "Review",
    numbered: (n: number, step: string) => `${n}. ${step}`,
  },
  start: {
    title: "Start from",
    run: (name: string) => `Run ${name}`,
    defaults: "Defaults",
    preset: (name: string) => `Saved: ${name}`,
    save: "Save as preset",
    saveHelp: "Keeps what is typed now, for you and for runs of this function.",
    saveSubmit: "Save",
    name: "Name",
    nameMissing: "Give the preset a name first.",
  },
  sweep: {
    label: "Sweep one parameter",
    help: "Each value becomes a run of its own, all under one label.",
    parameter: "Swept parameter",
    values: "Values, separated by commas",
    runs: (n: number) => many(n, { one: "# run", other: "# runs" }),
    few: "A sweep needs at least two values.",
    many: (most: number) => `A sweep has at most ${most} values.`,
    create: (n: number) => many(n, { one: "Create # run", other: "Create # runs" }),
    made: (n: number) => many(n, { one: "# run was created.", other: "# runs were created." }),
  },
  review: {
    same: (of: string) => `Nothing differs from ${of}.`,
    changes: (n: number, of: string) => many(n, { one: `# change from ${of}`, other: `# changes from ${of}` }),
    change: (before: string, after: string) => `${before} → ${after}`,
    nothing: "nothing",
    forms: "The same as",
    json: "JSON",
    sdk: "Python",
    curl: "curl",
  },
} as const;
