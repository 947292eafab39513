import { QueryClient } from "@tanstack/react-query";
import { expect, test, vi } from "vitest";
import { composerChanges, SweepBroken } from "./mutations.ts";

test("a sweep that breaks off says how many of its runs there are", async () => {
  let made = 0;
  vi.stubGlobal("fetch", async ({ url }: Request) => {
    const run = { id: String(made), kind: "python+job:run", name: "r", status: { state: "CREATED" } };
    if (new URL(url).searchParams.has("dryRun") || made < 2) {
      made += url.includes("dryRun") ? 0 : 1;
      return Response.json(run);
    }
    return Response.json({ message: "The disk is full." }, { status: 507 });
  });
  const queries = new QueryClient();
  const mutation = queries.getMutationCache().build(queries, composerChanges.sweep("demo"));
  const run = { kind: "python+job:run", fn: "python://demo/train:1", spec: {}, labels: [] };
  const broken = await mutation
    .execute({ run, sweep: { parameter: "lr", values: [1, 2, 3], label: "sweep:x" } })
    .catch((error: unknown) => error);
  expect(broken).toBeInstanceOf(SweepBroken);
  expect(broken).toMatchObject({ made: 2, message: "The disk is full." });
});
