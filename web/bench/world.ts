// What is measured on: a project with ten thousand runs and something in every list, and two runs that print.
import type { APIRequestContext } from "@playwright/test";
import { seedRuns } from "../e2e/runs-seed.ts";
import { Seed } from "../e2e/seed.ts";
import type { Server } from "../e2e/server.ts";

export const manyRuns = 10_000;
export const manyLines = 200_000;

export interface World {
  server: Server;
  seed: Seed;
  /** The reference of the function that the many runs are of. */
  fn: string;
  /** Its name, and how many versions it has. */
  name: string;
  /** A run that ended. */
  run: string;
  /** Makes the many runs, once. */
  manyRuns: () => Promise<void>;
  /** Makes a run that printed many lines, once, and gives its id. */
  longLog: () => Promise<string>;
}

const printing = {
  long: `def main():\n    for n in range(${manyLines}):\n        print("row", n, "of a log that somebody reads to its end")\n`,
  // A thousand lines a second, a hundred at a time.
  stream:
    'import time\ndef main():\n    n = 0\n    begun = time.monotonic()\n    while True:\n        for _ in range(100):\n            n += 1\n            print("row", n, "of a log that is followed")\n        print(flush=True, end="")\n        time.sleep(max(0, begun + n / 1000 - time.monotonic()))\n',
};

/** Makes it all through the API. */
export async function makeWorld(server: Server, request: APIRequestContext): Promise<World> {
  const seed = new Seed(request, server.url, "bench");
  await seed.createProject();
  const name = "train";
  const ids = await seed.createVersions(name, 7, ["ml"]);
  const version = ids.at(-1) ?? "";
  for (const other of Array.from({ length: 40 }, (_, n) => `step-${n}`)) await seed.createFunction(other);
  const fn = `python://${seed.project}/${name}:${version}`;
  await seed.schedule("nightly", name, version, "0 2 * * *");
  await seed.createTable("cities");
  await seed.post(`-/${seed.project}/models`, { name: "forest", kind: "model", spec: { path: "s3://nowhere/forest" } });
  await seed.post(`-/${seed.project}/artifacts`, {
    name: "report",
    kind: "artifact",
    spec: { path: "s3://nowhere/report" },
  });
  await seed.post(`-/${seed.project}/secrets`, {
    name: "token",
    kind: "secret",
    spec: { path: "secret://token", provider: "kubernetes" },
  });
  const run = await completed(seed, name, version);
  return {
    server,
    seed,
    fn,
    name,
    run,
    manyRuns: once(() => seedRuns(server, seed, fn, manyRuns - 1)),
    longLog: once(async () => {
      const { id } = await seed.createFunction("long", { code: printing.long });
      return completed(seed, "long", id);
    }),
  };
}

async function completed(seed: Seed, name: string, version: string): Promise<string> {
  const { id, state } = await seed.run(name, version);
  if (state !== "COMPLETED") throw new Error(`the run of ${name} ended as ${state}`);
  return id;
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

/** Starts a run that prints a thousand lines a second until it is stopped. */
export async function startStream({ seed }: World): Promise<{ id: string; stop: () => Promise<unknown> }> {
  const made = await seed.createFunction("stream", { code: printing.stream });
  const { id } = await seed.post<{ id: string }>(`-/${seed.project}/runs`, {
    kind: "python+job:run",
    spec: { function: `python://${seed.project}/stream:${made.id}` },
  });
  return { id, stop: () => seed.post(`-/${seed.project}/runs/${id}/stop`, {}) };
}

/** Makes runs at a steady pace, so many a second, for some seconds; gives how many were made. */
export async function rain({ server, seed, fn }: World, aSecond: number, seconds: number): Promise<number> {
  const begun = performance.now();
  let made = 0;
  while (made < aSecond * seconds) {
    const due = Math.min(Math.floor(((performance.now() - begun) / 1000) * aSecond), aSecond * seconds) - made;
    if (due > 0) await seedRuns(server, seed, fn, due);
    made += due;
    await new Promise((next) => setTimeout(next, 20));
  }
  return made / ((performance.now() - begun) / 1000);
}
