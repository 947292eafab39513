import { plurals } from "../plural.ts";

const many = plurals("en");

export const imports = {
  action: "Import",
  title: "Import",
  help: "YAML as Export writes it: one document or several, each function followed by its tasks.",
  file: "Choose a file…",
  text: "Documents, YAML",
  reset: "New identifiers",
  resetHelp: "Makes new things of it. Without it the ids in the documents are kept, which must not exist yet.",
  holds: "What will be made",
  nothing: "Nothing yet: choose a file or paste documents.",
  item: (entity: string, name: string, line: number) => `${entity} ${name}, line ${line}`,
  left: (what: string) => `Left out: ${what}.`,
  flaws: "The text cannot be imported",
  flaw: (line: number, reason: string) => `Line ${line}: ${reason}`,
  noKind: "a document needs a kind.",
  noName: (kind: string) => `a document of kind ${kind} needs a name.`,
  unknownKind: (kind: string) => `this server knows no kind ${kind}.`,
  loneTask: (kind: string) => `the task ${kind} stands behind no function.`,
  notObject: "names with values are expected.",
  empty: "there is no document in it.",
  submit: (n: number) => many(n, { one: "Import # thing", other: "Import # things" }),
  mend: "Mend the text first.",
  result: "What became of it",
  made: (name: string) => `${name} was made.`,
  refused: (name: string, line: number, reason: string) => `${name}, line ${line}: ${reason}`,
  summary: (made: number, all: number) => `${made} of ${all} imported.`,
  exportAll: "Export all as YAML",
  exported: (n: number) => many(n, { one: "# document was saved.", other: "# documents were saved." }),
  exportHelp: "Values of secrets and runs stay on the server.",
} as const;
