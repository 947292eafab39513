import { type CompareRow, compareRows, type FieldValue, leavesOf, plainCell } from "../../entity/compare/rows.ts";
import { isObject, type Json } from "../../lib/json.ts";
import { executableOf, lastMetrics, parametersOf, type RunDoc, type RunRow, spent } from "./run.ts";

export const compareSections = [
  "overview",
  "parameters",
  "inputs",
  "configuration",
  "metrics",
  "resources",
  "outputs",
] as const;
export type CompareSection = (typeof compareSections)[number];

/** How a comparison writes what is no plain value. */
export interface CompareWords {
  fields: Readonly<Record<string, string>>;
  state: (run: RunDoc) => string;
  reason: (run: RunDoc) => string;
  duration: (milliseconds: number) => string;
  number: (value: number) => string;
  bytes: (value: number) => string;
  dateTime: (iso: string) => string;
}

/** Members of a specification that another section shows, or that say where the run comes from. */
const elsewhere = new Set(["parameters", "inputs", "outputs", "function", "workflow", "task", "source"]);

function members(value: unknown): FieldValue[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => members(item));
  return isObject(value) ? Object.entries(value).map(([name, inner]) => [name, plainCell(inner)] as const) : [];
}

function overview(run: RunRow, w: CompareWords): FieldValue[] {
  const time = spent(run, Date.now());
  const span = (field: string, value: number): FieldValue => [
    w.fields[field] ?? field,
    { text: w.duration(value), number: value },
  ];
  const version = run.function?.version;
  const of = executableOf(run);
  const reason = w.reason(run);
  return [
    [w.fields["state"] ?? "", { text: w.state(run) }],
    ...(reason === "" ? [] : [[w.fields["reason"] ?? "", { text: reason }] as const]),
    span("duration", time.total),
    span("queued", time.queued),
    span("starting", time.starting),
    span("running", time.running),
    [
      w.fields["version"] ?? "",
      { text: of === undefined ? "" : `${of.name} @${version === undefined ? of.id.slice(0, 8) : `v${version}`}` },
    ],
    [w.fields["author"] ?? "", { text: run.user }],
    [w.fields["created"] ?? "", { text: w.dateTime(run.metadata.created ?? "") }],
  ];
}

function valuesOf(run: RunRow, section: CompareSection, w: CompareWords): FieldValue[] {
  switch (section) {
    case "overview":
      return overview(run, w);
    case "parameters":
      return leavesOf(parametersOf(run), "").filter(([field]) => field !== "");
    case "inputs":
      return members(run.spec.inputs);
    case "configuration":
      return Object.entries(run.spec)
        .filter(([name]) => !elsewhere.has(name))
        .flatMap(([name, value]) => leavesOf(value, name));
    case "metrics":
      return lastMetrics(run).map(([name, value]) => [name, { text: w.number(value), number: value }]);
    case "resources":
      return Object.entries(run.status.usage ?? {}).map(([name, value]) => {
        const text = name.endsWith("_bytes")
          ? w.bytes(value)
          : name.endsWith("_seconds")
            ? w.duration(value * 1000)
            : w.number(value);
        return [w.fields[name] ?? name, { text, number: value }];
      });
    case "outputs":
      return [...members(run.status.outputs ?? run.spec.outputs), ...members(run.status.results)];
    default:
      return section satisfies never;
  }
}

/** All fields that any of the runs has, section by section, with each run's value. */
export function compareRuns(runs: readonly RunRow[], words: CompareWords): readonly CompareRow<CompareSection>[] {
  return compareRows(runs, compareSections, (run, section) => valuesOf(run, section, words));
}
