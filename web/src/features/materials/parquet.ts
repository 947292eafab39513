import { asyncBufferFromUrl, parquetMetadataAsync, parquetReadObjects, parquetSchema } from "hyparquet";
import type { AsyncBuffer, SchemaTree } from "hyparquet";
import type { Schema } from "../../api/client.ts";
import type { FilePreview } from "./queries.ts";

type Column = Schema<"TableColumn">;

/** The first rows of a Parquet file, of which only the ranges that hold them are fetched. */
export async function previewParquet(
  preview: FilePreview,
  url: string,
  rows: number,
  signal: AbortSignal,
): Promise<FilePreview> {
  const file = await asyncBufferFromUrl({ url, byteLength: preview.size, requestInit: { signal } });
  const { columns, total, values } = await readTable(file, rows);
  const { reason: _, ...rest } = preview;
  return {
    ...rest,
    kind: "table",
    truncated: total > values.length,
    table: { columns, rows: values, total, truncated: total > values.length },
  };
}

/** The columns of a Parquet file that lies in the browser, and how many rows it has. */
export async function lookAtParquet(file: Blob): Promise<{ columns: Column[]; total: number }> {
  const slice = (start: number, end?: number) => file.slice(start, end).arrayBuffer();
  const { columns, total } = await readTable({ byteLength: file.size, slice }, 0);
  return { columns, total };
}

async function readTable(file: AsyncBuffer, rows: number) {
  const metadata = await parquetMetadataAsync(file);
  const columns = parquetSchema(metadata).children.map((node) => ({ name: node.element.name, type: typeOf(node) }));
  const total = Number(metadata.num_rows);
  const objects =
    rows === 0 ? [] : await parquetReadObjects({ file, metadata, rowStart: 0, rowEnd: Math.min(rows, total) });
  const values = objects.map((object) => columns.map(({ name, type }) => ofType(plain(object[name]), type)));
  return { columns, total, values };
}

function typeOf({ element, children }: SchemaTree): Column["type"] {
  const logical = element.logical_type?.type;
  const converted = element.converted_type;
  if (converted === "LIST" || element.repetition_type === "REPEATED") return "array";
  if (children.length > 0) return "object";
  if (logical === "TIMESTAMP" || converted === "TIMESTAMP_MILLIS" || converted === "TIMESTAMP_MICROS")
    return "datetime";
  if (logical === "DATE" || converted === "DATE") return "date";
  if (logical === "DECIMAL" || converted === "DECIMAL") return "number";
  switch (element.type) {
    case "BOOLEAN":
      return "boolean";
    case "INT32":
    case "INT64":
      return "integer";
    case "INT96":
      return "datetime";
    case "FLOAT":
    case "DOUBLE":
      return "number";
    case "BYTE_ARRAY":
    case "FIXED_LEN_BYTE_ARRAY":
    case undefined:
    default:
      return "string";
  }
}

/** A day is told without the hour that it does not have. */
function ofType(value: unknown, type: Column["type"]): unknown {
  return type === "date" && typeof value === "string" ? value.slice(0, 10) : value;
}

/** A value as JSON would hold it. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array)
    return Array.from(value.slice(0, 64), (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
  return value ?? null;
}
