import { plurals } from "../plural.ts";

const many = plurals("en");

/** A count; more: of the things that it counts there are more. */
interface Use {
  n: number;
  more: boolean;
}

export const settings = {
  title: "Settings",
  tabs: { general: "General", labels: "Labels", limits: "Limits", saved: "Presets and views", danger: "Danger" },
  name: "Name",
  nameStays: "A project keeps its name: keys and links hold it.",
  description: "Description",
  labels: "Labels",
  store: "Default files store",
  storeHelp: "Where content goes when no path is given, such as s3://bucket/folder. Empty is the server's own.",
  source: "Source",
  sourceHelp: "Where the project's code lives, such as git+https://…",
  save: "Save",
  saved: (name: string) => `Project ${name} was saved.`,
  nothing: "Nothing is changed.",
  discard: "Discard changes",
  key: "Key",
  keyWord: "key",
  created: "Created",
  createdBy: "Created by",
  updated: "Updated",
  updatedBy: "Updated by",
  limits: "Limits",
  limitsWord: "limits",
  limitsHelp: "The most that one run of this project may ask for. The administrator of the server sets it.",
  noLimits: "There are no limits but those of the machine.",
  profiles: "Profiles",
  profilesHelp: "Prepared choices of hardware that runs may name; what a profile sets wins.",
  noProfiles: "The server offers none.",
  profileSets: (name: string) => `What ${name} sets`,
  savedWord: "presets and views",
  presets: "Presets",
  presetsHelp: "Settings of runs that you saved while composing one. Only you see them.",
  noPresets: "None yet. Save one in the form of a run.",
  views: "Views",
  viewsHelp: "Lists with their filters that you saved. Only you see them.",
  noViews: "None yet. Save one over the list of runs.",
  forget: (name: string) => `Delete ${name}`,
  forgotten: (name: string) => `${name} was deleted.`,
  labelsTab: {
    word: "labels",
    help: "Words that are on functions, data, triggers and runs of this project. What is changed here is changed on every version and run that carries the label, and makes no new version.",
    begins: "Labels that begin with",
    none: "Nothing carries a label yet. Give some where you create or edit, or to many at once in a list.",
    noneBegins: (text: string) => `No label begins with “${text}”.`,
    entities: (count: Use) => many(count.n, { one: "# item", other: "# items" }, count.more),
    runs: (count: Use) => many(count.n, { one: "# run", other: "# runs" }, count.more),
    more: "More labels",
    rename: (label: string) => `Rename ${label}`,
    renameSubmit: "Rename",
    merge: "Merge",
    name: "New name",
    carried: (items: string, runs: string) => `It is on ${items} (each version counts) and ${runs}.`,
    merges: (label: string) => `${label} is in use: the two become one`,
    mergesHelp: "Afterwards nobody can tell what carried which. This cannot be undone.",
    empty: "A label needs a name.",
    same: "That is its name already.",
    comma: "A comma separates labels where they are looked for: leave it out.",
    renamed: (from: string, to: string, count: number) =>
      `${from} is ${to} now, in ${many(count, { one: "# place", other: "# places" })}.`,
    remove: (label: string) => `Remove ${label} everywhere`,
    removeSubmit: "Remove",
    losing: (what: string) => `Only the label of ${what}`,
    removed: (label: string, count: number) =>
      `${label} was removed in ${many(count, { one: "# place", other: "# places" })}.`,
  },
  dangerHelp: "Everything in the project goes with it. You are shown what and how many before, and type the name.",
} as const;
