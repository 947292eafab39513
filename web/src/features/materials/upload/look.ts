import { api, body, type Schema } from "../../../api/client.ts";
import type { Material } from "../material.ts";
import { pathOf } from "../paths.ts";
import type { Sending } from "./transfer.ts";

const rowsRead = 2000; // by which the types of columns are told
const rowsKept = 10; // in the status of the version

/** What a look into a table has found, as a version keeps it. */
export interface Found {
  schema: { fields: { name: string; type: string }[] };
  preview: { rows?: number; cols?: { name: string; value: unknown[] }[] };
}

/** Looks into what was uploaded: its columns, the first rows, and how many there are where that is known. */
export async function lookInto(
  project: string,
  material: Material,
  id: string,
  files: readonly Sending[],
): Promise<Found | undefined> {
  const parquet = files.find(({ name }) => /\.(parquet|pq)$/i.test(name));
  if (parquet !== undefined) {
    const { lookAtParquet } = await import("../parquet.ts");
    const { columns, total } = await lookAtParquet(parquet.blob);
    return { schema: { fields: columns }, preview: { rows: total } };
  }
  const { table } = await body(
    api.GET(pathOf(material, "/api/v1/-/{project}/dataitems/{id}/files/preview"), {
      params: { path: { project, id }, query: { limit: rowsRead } },
    }),
  );
  return table === undefined ? undefined : foundIn(table, files.length === 1);
}

/** What a version keeps of the first rows of its table. Of several files the first was seen: their rows are not counted. */
export function foundIn(table: Schema<"TablePreview">, whole: boolean): Found {
  return {
    schema: { fields: table.columns.map(({ name, type }) => ({ name, type })) },
    preview: {
      ...(whole && table.total !== undefined && { rows: table.total }),
      cols: table.columns.map(({ name }, index) => ({
        name,
        value: table.rows.slice(0, rowsKept).map((row) => row[index] ?? null),
      })),
    },
  };
}
