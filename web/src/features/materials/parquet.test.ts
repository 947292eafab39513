// @vitest-environment node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lookAtParquet, previewParquet } from "./parquet.ts";

// Written by pyarrow with snappy, as pandas does it by default.
const bytes = readFileSync(join(import.meta.dirname, "testdata/cities.parquet"));

test("the columns of a Parquet file are told with the types that schemas have", async () => {
  const { columns, total } = await lookAtParquet(new Blob([bytes]));
  expect(total).toBe(3);
  expect(columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
    "name string",
    "population integer",
    "area number",
    "capital boolean",
    "founded date",
    "seen datetime",
    "tags array",
    "raw string",
    "price number",
  ]);
});

test("its first rows are read by ranges, as values that JSON could hold", async ({ onTestFinished }) => {
  const asked: string[] = [];
  const before = globalThis.fetch;
  onTestFinished(() => {
    globalThis.fetch = before;
  });
  globalThis.fetch = async (_, init) => {
    const range = new Headers(init?.headers).get("range") ?? "";
    asked.push(range);
    const [, from = "0", to = ""] = /bytes=(\d+)-(\d*)/.exec(range) ?? [];
    const part = bytes.subarray(Number(from), to === "" ? undefined : Number(to) + 1);
    return new Response(new Uint8Array(part), { status: 206 });
  };
  const unread = { path: "", name: "cities.parquet", size: bytes.length, content_type: "x", kind: "binary" } as const;
  const seen = await previewParquet(
    { ...unread, truncated: true, reason: "read by the browser" },
    "http://127.0.0.1/s3/x",
    2,
    new AbortController().signal,
  );
  expect(asked.every((range) => range.startsWith("bytes="))).toBe(true);
  expect(seen).toMatchObject({ kind: "table", truncated: true, table: { total: 3, truncated: true } });
  expect(seen.reason).toBeUndefined();
  expect(seen.table?.rows[0]).toEqual([
    "Rome",
    2_748_109,
    1285.3,
    true,
    "0001-04-21",
    expect.stringMatching(/^2026-01-02T03:04:05/),
    ["a", "=1+1"],
    expect.anything(),
    1.5,
  ]);
  expect(JSON.stringify(seen.table?.rows[1])).toContain("Turin");
});
