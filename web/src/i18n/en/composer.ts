import { plurals } from "../plural.ts";

const many = plurals("en");

export const composer = {
  title: (name: string) => `Run ${name}`,
  lastRun: "the last run",
  create: "Create",
  createOpen: "Create and open",
  createAnyway: "Start anyway",
  created: (name: string) => `Run ${name} was created.`,
  steps: {
    label: "Steps",
    configuration: "Configuration",
    data: "Inputs, outputs and parameters",
    review: "Review",
    whole: "Specification",
    next: "Next",
    back: "Back",
    numbered: (n: number, step: string) => `${n}. ${step}`,
  },
  start: {
    title: "Start from",
    replaced: "What you had typed was replaced.",
    run: (name: string) => `Run ${name}`,
    defaults: "Defaults",
    pick: "Pick a run",
    pickOne: "Pick a run…",
    noRuns: "This function has no runs yet.",
    preset: (name: string) => `Saved: ${name}`,
    save: "Save as preset",
    saveHelp: "Keeps what is typed now, for you and for runs of this function.",
    saveSubmit: "Save",
    name: "Name",
    nameMissing: "Give the preset a name first.",
  },
  input: {
    guessed: (argument: string) =>
      `The input stands at “${argument}”, after its own name. If the function calls that argument otherwise, rename it.`,
    replaced: (argument: string) => `The input has taken the place of what the run before had at “${argument}”.`,
  },
  versionGone: (name: string) =>
    `The version of ${name} that this run executed is gone: the newest is chosen in its place.`,
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
    yaml: "YAML",
    sdk: "Python",
    curl: "curl",
  },
} as const;
