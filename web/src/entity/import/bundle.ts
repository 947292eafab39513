import { type YamlProblem, readValue } from "../../forms/yaml-text.ts";
import { isObject, type Json, member } from "../../lib/json.ts";

/** One thing to import: a document, and behind a function or workflow the documents of its tasks. */
export interface Item {
  entity: string;
  kind: string;
  name: string;
  /** The line on which it begins. */
  line: number;
  /** Its documents as they were written. */
  text: string;
  /** The project and the id that it had where it came from. */
  from: { project: string | undefined; id: string | undefined };
  /** Where a member of its first document stands. */
  lineOf: (pointer: string) => number;
}

/** Why a text cannot be imported, with the line. */
export interface Flaw {
  line: number;
  column: number;
  rule: YamlProblem["rule"] | "no-name" | "no-kind" | "unknown-kind" | "lone-task" | "nothing";
  message: string;
}

export type Bundle = { items: readonly Item[]; left: readonly string[] } | { flaws: readonly Flaw[] };

/** What can be imported, in the order in which it must be made. */
const importable = ["function", "workflow", "dataitem", "model", "artifact", "trigger"];

interface Slice {
  line: number;
  text: string;
}

// Three dashes at the beginning of a line part documents wherever they stand.
function slices(text: string): Slice[] {
  const out: Slice[] = [{ line: 1, text: "" }];
  for (const [index, line] of text.split("\n").entries()) {
    if (/^---(\s|$)/.test(line)) out.push({ line: index + 1, text: `${line.slice(3)}\n` });
    else {
      const last = out.at(-1);
      if (last !== undefined) last.text += `${line}\n`;
    }
  }
  return out;
}

/** The type of a document: as its key says, or the type that has its kind. */
function entityOf(doc: Json, kinds: readonly { entity: string; kind: string }[]): string | undefined {
  const key = /^store:\/\/[^/]+\/([^/]+)\//.exec(textOf(doc, "key") ?? "")?.[1];
  const kind = textOf(doc, "kind");
  if (key !== undefined) return key;
  if (kind === undefined) return undefined;
  if (kind === "project" || kind === "run" || kind.endsWith(":run")) return kind === "project" ? "project" : "run";
  return kind.includes("+") ? "task" : kinds.find((known) => known.kind === kind)?.entity;
}

function textOf(doc: Json, name: string): string | undefined {
  const value = member(doc, name);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Reads what a text holds; what is of no use elsewhere, such as runs, is left out and named. */
export function readBundle(text: string, kinds: readonly { entity: string; kind: string }[]): Bundle {
  const items: Item[] = [];
  const left: string[] = [];
  const flaws: Flaw[] = [];
  for (const slice of slices(text)) {
    const read = readValue(slice.text);
    if ("problems" in read) {
      flaws.push(...read.problems.map((problem) => ({ ...problem, line: problem.line + slice.line - 1 })));
      continue;
    }
    const doc = read.value;
    if (doc === undefined || doc === null) continue; // an empty document
    const lineOf = (pointer: string) => (read.lineOf(pointer) ?? 1) + slice.line - 1;
    const flaw = (rule: Flaw["rule"], message: string, pointer = "") =>
      flaws.push({ line: lineOf(pointer), column: 1, rule, message });
    if (!isObject(doc)) {
      flaw("not-object", "");
      continue;
    }
    const kind = textOf(doc, "kind");
    const name = textOf(doc, "name");
    const entity = entityOf(doc, kinds);
    if (kind === undefined) flaw("no-kind", "");
    else if (entity === undefined) flaw("unknown-kind", kind, "/kind");
    else if (entity === "task") {
      const owner = items.at(-1);
      if (owner !== undefined && (owner.entity === "function" || owner.entity === "workflow"))
        owner.text += `---\n${slice.text}`;
      else flaw("lone-task", kind, "/kind");
    } else if (!importable.includes(entity)) left.push(`${entity} ${name ?? ""}`.trim());
    else if (name === undefined) flaw("no-name", kind);
    else {
      const from = { project: textOf(doc, "project"), id: textOf(doc, "id") };
      items.push({ entity, kind, name, line: lineOf(""), text: slice.text, from, lineOf });
    }
  }
  if (flaws.length > 0) return { flaws };
  if (items.length === 0 && left.length === 0 && text.trim() !== "")
    return { flaws: [{ line: 1, column: 1, rule: "nothing", message: "" }] };
  const order = (item: Item) => importable.indexOf(item.entity);
  return { items: items.sort((a, b) => order(a) - order(b)), left };
}

/** What changed by an import: ids and the project, so that what comes later points at what was made. */
export function pointAt(text: string, moved: ReadonlyMap<string, string>): string {
  let out = text;
  for (const [from, to] of moved) out = out.replaceAll(from, to);
  return out;
}
