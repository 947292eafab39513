import { plurals } from "../plural.ts";

const many = plurals("en");

export const editor = {
  kind: "Kind",
  kindRequired: "Choose a kind.",
  kindFirst: "Its fields appear when a kind is chosen.",
  kindFixed: "The kind stays: its versions share it. Create another to have another kind.",
  template: (name: string) => `Template: ${name}`,
  basics: "Basics",
  name: "Name",
  nameHelp: "Letters, digits and . _ + - are allowed. Versions of one name belong together.",
  nameRequired: "Give it a name.",
  nameRule: "Use letters, digits and . _ + - only; . and .. alone are no names.",
  nameFixed: "The name stays: it holds the versions together. Duplicate it to have another name.",
  words: "Description and labels",
  spec: "Specification",
  advanced: "Advanced metadata",
  auditLater: "Audit: who created and changed it, and when, is written by the server.",
  groups: {
    embedded: "Embedded",
    versioning: "Versioning",
    openmetadata: "Openmetadata",
    openmetadataPublish: "Publish to a metadata catalogue",
    relationships: "Relationships",
    audit: "Audit",
  } as Record<string, string>,
  saving: "Saving",
  create: "Create",
  save: "Save",
  saveVersion: "Save as new version",
  updateMetadata: "Update metadata",
  saveKey: "Ctrl S or ⌘ S",
  cancel: "Cancel",
  check: "Check",
  accepted: "The server would accept it.",
  willNeedKind: "A kind and a name are needed.",
  willNeedName: "A name is needed.",
  willCreate: (name: string) => `Creates ${name}.`,
  willVersion: (name: string) => `Adds a version to ${name}.`,
  unchanged: "Nothing is changed.",
  specChanged: "The spec is changed: a new version is added, this one stays as it is.",
  changedInPlace: "The spec is changed in place.",
  metadataChanged: "Only metadata is changed: the version stays.",
  changed: "Changed:",
  moreChanged: (n: number) => many(n, { one: "and # more", other: "and # more" }),
  discardTitle: "Discard the specification?",
  discardHelp: (kind: string) => `What was typed for ${kind} does not fit another choice and is thrown away.`,
  discard: "Discard and change",
  keep: "Keep editing",
  conflict: {
    title: "Somebody else saved meanwhile",
    help: (version: string, n: number) =>
      `${version} is there now. ${
        n === 0
          ? "You changed different places: both are kept."
          : many(n, { one: "One place was changed by both.", other: "# places were changed by both." }) +
            " Choose which to keep."
      } Nothing is saved yet.`,
    differences: "Differences",
    place: "Place",
    was: (version: string) => `When you began (${version})`,
    mine: "Yours",
    theirs: (version: string) => `Theirs (${version})`,
    nothing: "not set",
    keepMine: "Keep yours",
    keepTheirs: "Keep theirs",
    takeTheirs: "Discard yours",
    go: "Continue with this",
    version: (by: string, at: string) => `Version by ${by}, ${at}`,
  },
} as const;
