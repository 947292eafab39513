import { briefValue, isObject } from "../../lib/json.ts";

/** A value of one document: what is compared, what is shown, and the number behind it. */
export interface Cell {
  text: string;
  /** Absent where the value is no number. */
  number?: number | undefined;
}

/** A field beside each other, in the section it belongs to. */
export interface CompareRow<Section extends string = string> {
  section: Section;
  field: string;
  /** One for each document, in their order; undefined where it has no such value. */
  cells: readonly (Cell | undefined)[];
  /** Whether any two differ. */
  differs: boolean;
}

/** A field of one document. */
export type FieldValue = readonly [field: string, cell: Cell];

/** A value as a cell. */
export function plainCell(value: unknown): Cell {
  return { text: briefValue(value), ...(typeof value === "number" && { number: value }) };
}

/** A document as paths to its leaves: resources.mem. */
export function leavesOf(value: unknown, path: string): FieldValue[] {
  if (isObject(value)) {
    return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, path === "" ? name : `${path}.${name}`));
  }
  return [[path, plainCell(value)]];
}

/** All fields that any of some documents has, section by section, with each one's value. */
export function compareRows<Doc, Section extends string>(
  documents: readonly Doc[],
  sections: readonly Section[],
  valuesOf: (document: Doc, section: Section) => readonly FieldValue[],
): readonly CompareRow<Section>[] {
  return sections.flatMap((section) => {
    const each = documents.map((document) => new Map(valuesOf(document, section)));
    const fields = new Set(each.flatMap((values) => [...values.keys()]));
    return [...fields].map((field): CompareRow<Section> => {
      const cells = each.map((values) => values.get(field));
      const first = cells[0]?.text;
      return { section, field, cells, differs: cells.some((cell) => cell?.text !== first) };
    });
  });
}

/** The rows that a person wants to see: what differs or all, of fields whose name holds a text. */
export function shownRows<Section extends string>(
  rows: readonly CompareRow<Section>[],
  { all, find }: { all?: boolean | undefined; find?: string | undefined },
): readonly CompareRow<Section>[] {
  const wanted = find?.toLowerCase();
  return rows.filter(
    (row) => (all === true || row.differs) && (wanted === undefined || row.field.toLowerCase().includes(wanted)),
  );
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
