import type { ComparedPart } from "../../entity/compare/CompareVersions.tsx";
import { type CompareRow, compareRows, type FieldValue, leavesOf } from "../../entity/compare/rows.ts";
import { writeYaml } from "../../forms/yaml-text.ts";
import type { Messages } from "../../i18n/language.ts";
import { asJson, isObject, type JsonObject } from "../../lib/json.ts";
import { type MaterialDoc, producerOf, rowsOf, sizeOf, specText } from "./material.ts";
import { valuesOf as measuredOf } from "./metrics.ts";
import { cellText, profileOf } from "./profile.ts";
import type { TableView } from "./queries.ts";
import { fieldsOf } from "./schema.ts";

export const factSections = ["overview", "parameters", "metrics", "statistics"] as const;
export type FactSection = (typeof factSections)[number];

/** A version with what is known of it beside its document. */
export interface Known {
  doc: MaterialDoc;
  metrics?: Readonly<Record<string, number | readonly number[]>> | undefined;
  /** Its first rows. */
  table?: TableView | undefined;
}

/** How values that are no text are written. */
export interface FactWords {
  number: (value: number) => string;
  bytes: (value: number) => string;
  state: (doc: MaterialDoc) => string;
}

/** What is known of some versions, field by field, in the sections that are asked for. */
export function compareFacts(
  m: Messages,
  versions: readonly Known[],
  sections: readonly FactSection[],
  words: FactWords,
): readonly CompareRow<FactSection>[] {
  return compareRows(versions, sections, (version, section) => {
    switch (section) {
      case "overview":
        return overview(m, version.doc, words);
      case "parameters":
        return leavesOf(version.doc.spec["parameters"] ?? {}, "").filter(([field]) => field !== "");
      case "metrics":
        return Object.entries(version.metrics ?? {}).flatMap(([name, value]): FieldValue[] => {
          const last = measuredOf(value).at(-1);
          return last === undefined ? [] : [[name, { text: words.number(last), number: last }]];
        });
      case "statistics":
        return statistics(m, version.table, words);
      default:
        return section satisfies never;
    }
  });
}

function overview(m: Messages, doc: MaterialDoc, words: FactWords): FieldValue[] {
  const w = m.materials;
  const size = sizeOf(doc);
  const count = (field: string, value: number | undefined, write = words.number): FieldValue[] =>
    value === undefined ? [] : [[field, { text: write(value), number: value }]];
  const text = (field: string, value: string | undefined): FieldValue[] =>
    value === undefined ? [] : [[field, { text: value }]];
  const hash = doc.status.files?.length === 1 ? doc.status.files[0]?.hash : undefined;
  return [
    ...text(w.state, words.state(doc)),
    ...text(m.functions.kind, doc.kind),
    ...text(w.path, specText(doc, "path")),
    ...text(w.hash, hash === "" ? undefined : hash),
    ...count(w.size, size?.bytes, words.bytes),
    ...count(w.files, size?.files),
    ...count(w.rows, rowsOf(doc)),
    ...count(w.columns, fieldsOf(doc)?.length),
    ...text(w.framework, specText(doc, "framework")),
    ...text(w.algorithm, specText(doc, "algorithm")),
    ...text(w.producer, producerOf(doc)),
  ];
}

function statistics(m: Messages, table: TableView | undefined, { number }: FactWords): FieldValue[] {
  const w = m.materials.preview;
  return (table?.columns ?? []).flatMap(({ name, type }, index) => {
    const profile = profileOf(
      (table?.rows ?? []).map((row) => row[index]),
      type,
    );
    const facts = [
      [w.empty, profile.empty],
      [w.distinct, profile.distinct],
      [w.least, profile.least],
      [w.most, profile.most],
      [w.mean, profile.mean],
    ] as const;
    return facts.flatMap(([fact, value]): FieldValue[] =>
      value === undefined ? [] : [[`${name} · ${fact}`, { text: number(value), number: value }]],
    );
  });
}

/** What differs between two versions as text: files, first rows, and what no other part shows of spec and metadata. */
export function comparedParts(m: Messages, before: Known, after: Known): ComparedPart[] {
  const both = (text: (version: Known) => string) => ({ before: text(before), after: text(after) });
  const parts: ComparedPart[] = [
    { id: "files", label: m.materials.files, language: "text", ...both(({ doc }) => filesText(doc)) },
    { id: "rows", label: m.materials.compare.firstRows, language: "text", ...both(({ table }) => rowsText(table)) },
    { id: "spec", label: m.functions.spec, language: "yaml", ...both(({ doc }) => rest(doc.spec, inFacts)) },
    {
      id: "metadata",
      label: m.compare.metadata,
      language: "yaml",
      ...both(({ doc }) => rest(doc.metadata, ofVersion)),
    },
  ];
  return parts.filter(({ id, before: a, after: b }) => !["files", "rows"].includes(id) || a !== "" || b !== "");
}

function filesText(doc: MaterialDoc): string {
  const files = (doc.status.files ?? []).map(({ path, name, size, hash }) =>
    [path ?? name ?? "", size === undefined ? "" : `${size} B`, hash ?? ""].filter((part) => part !== "").join("  "),
  );
  return files
    .toSorted()
    .map((line) => `${line}\n`)
    .join("");
}

function rowsText(table: TableView | undefined): string {
  if (table === undefined) return "";
  const line = (cells: readonly unknown[]) => `${cells.map((cell) => cellText(cell).slice(0, 200)).join(" | ")}\n`;
  return [line(table.columns.map(({ name }) => name)), ...table.rows.map(line)].join("");
}

/** Members of a spec that the facts or the columns show. */
const inFacts = new Set(["path", "schema", "framework", "algorithm"]);
/** What every version has of its own. */
const ofVersion = new Set([
  "created",
  "created_by",
  "updated",
  "updated_by",
  "project",
  "name",
  "version",
  "relationships",
]);

function rest(value: object, without: ReadonlySet<string>): string {
  const copy = asJson(JSON.parse(JSON.stringify(value)));
  const kept: JsonObject = Object.fromEntries(
    Object.entries(isObject(copy) ? copy : {}).filter(([name]) => !without.has(name)),
  );
  return Object.keys(kept).length === 0 ? "" : writeYaml(kept);
}
