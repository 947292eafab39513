import { isObject, type Json } from "../../lib/json.ts";
import { briefValue, executableOf, lastMetrics, parametersOf, type RunDoc, type RunRow, spent } from "./run.ts";

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

/** A value of one run: what is compared, what is shown, and the number behind it. */
export interface Cell {
  text: string;
  /** Absent where the value is no number. */
  number?: number | undefined;
}

export interface CompareRow {
  section: CompareSection;
  field: string;
  /** One for each run, in their order; undefined where the run has no such value. */
  cells: readonly (Cell | undefined)[];
  /** Whether any two runs differ. */
  differs: boolean;
}

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

type Value = readonly [field: string, cell: Cell];

/** Members of a specification that another section shows, or that say where the run comes from. */
const elsewhere = new Set(["parameters", "inputs", "outputs", "function", "workflow", "task", "source"]);

function plain(value: unknown): Cell {
  return { text: briefValue(value), ...(typeof value === "number" && { number: value }) };
}

/** A document as paths to its leaves: resources.mem. */
function leaves(value: unknown, path: string): Value[] {
  if (isObject(value)) {
    return Object.entries(value).flatMap(([name, inner]) => leaves(inner, path === "" ? name : `${path}.${name}`));
  }
  return [[path, plain(value)]];
}

function members(value: unknown): Value[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => members(item));
  return isObject(value) ? Object.entries(value).map(([name, inner]) => [name, plain(inner)] as const) : [];
}

function overview(run: RunRow, w: CompareWords): Value[] {
  const time = spent(run, Date.now());
  const span = (field: string, value: number): Value => [
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

function valuesOf(run: RunRow, section: CompareSection, w: CompareWords): Value[] {
  switch (section) {
    case "overview":
      return overview(run, w);
    case "parameters":
      return leaves(parametersOf(run), "").filter(([field]) => field !== "");
    case "inputs":
      return members(run.spec.inputs);
    case "configuration":
      return Object.entries(run.spec)
        .filter(([name]) => !elsewhere.has(name))
        .flatMap(([name, value]) => leaves(value, name));
    case "metrics":
      return lastMetrics(run).map(([name, value]) => [name, { text: w.number(value), number: value }]);
    case "resources":
      return Object.entries(run.status.usage ?? {}).map(([name, value]) => {
        const text = name.endsWith("_bytes")
          ? w.bytes(value)
          : name.endsWith("_seconds")
            ? w.duration(value * 1000)
            : w.number(value);
        return [name, { text, number: value }];
      });
    case "outputs":
      return [...members(run.status.outputs ?? run.spec.outputs), ...members(run.status.results)];
    default:
      return section satisfies never;
  }
}

/** All fields that any of the runs has, section by section, with each run's value. */
export function compareRuns(runs: readonly RunRow[], words: CompareWords): readonly CompareRow[] {
  return compareSections.flatMap((section) => {
    const perRun = runs.map((run) => new Map(valuesOf(run, section, words)));
    const fields = new Set(perRun.flatMap((values) => [...values.keys()]));
    return [...fields].map((field): CompareRow => {
      const cells = perRun.map((values) => values.get(field));
      const first = cells[0]?.text;
      return { section, field, cells, differs: cells.some((cell) => cell?.text !== first) };
    });
  });
}

/** Which cell of a metric is best: the lowest of what is named like a loss or an error, else the highest. */
export function bestOf(row: CompareRow): number | undefined {
  if (row.section !== "metrics" || !row.differs) return undefined;
  const numbers = row.cells.map((cell) => cell?.number);
  const known = numbers.filter((value) => value !== undefined);
  if (known.length < 2) return undefined;
  const best = /loss|err|wer|mae|mse|rmse|perplexity|time|latency/i.test(row.field)
    ? Math.min(...known)
    : Math.max(...known);
  return numbers.indexOf(best);
}

/** Rows as CSV. A value that a spreadsheet would read as a formula is marked as text. */
export function toCsv(names: readonly string[], rows: readonly CompareRow[]): string {
  const safe = (text: string) => {
    const marked = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
    return /[",\n\r]/.test(marked) ? `"${marked.replaceAll('"', '""')}"` : marked;
  };
  const lines = [["section", "field", ...names], ...rows.map((row) => [row.section, row.field, ...texts(row)])];
  return lines.map((line) => line.map(safe).join(",")).join("\n") + "\n";
}

/** Rows as a table of Markdown. */
export function toMarkdown(names: readonly string[], rows: readonly CompareRow[]): string {
  const safe = (text: string) =>
    text
      .replaceAll("\\", "\\\\")
      .replaceAll("|", "\\|")
      .replaceAll(/\s*\n\s*/g, " ");
  const line = (cells: readonly string[]) => `| ${cells.map(safe).join(" | ")} |`;
  return (
    [
      line(["", ...names]),
      line(["---", ...names.map(() => "---")]),
      ...rows.map((row) => line([row.field, ...texts(row)])),
    ].join("\n") + "\n"
  );
}

function texts(row: CompareRow): readonly string[] {
  return row.cells.map((cell) => cell?.text ?? "");
}
