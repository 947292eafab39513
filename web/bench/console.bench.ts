// Measures what docs/benchmarks.md publishes of the console: `bench/console` at the root, QUICK=1 for a short look.
import { type Browser, test } from "@playwright/test";
import { startServer } from "../e2e/server.ts";
import { growingLog, longLog } from "./logs.ts";
import { acts, firstPage, routeChanges } from "./pages.ts";
import { machine, print } from "./report.ts";
import { amongMany, firstRows, inTheRain } from "./runs.ts";
import { makeWorld, type World } from "./world.ts";

const quick = process.env["QUICK"] !== undefined;
const rounds = (n: number) => (quick ? 2 : n);
const only = process.env["ONLY"]?.split(" ");

// Half a minute each on a machine that does nothing else. One that does not end takes not the rest with it.
const longest = 120_000;

const parts: Readonly<Record<string, (browser: Browser, world: World) => Promise<void>>> = {
  first: (browser, world) => firstPage(browser, world, rounds(7)),
  routes: (browser, world) => routeChanges(browser, world, rounds(3)),
  acts: (browser, world) => acts(browser, world, rounds(10)),
  runs: async (browser, world) => {
    await firstRows(browser, world, rounds(5));
    await amongMany(browser, world, quick ? 1 : 2, quick ? 2 : 8);
  },
  rain: (browser, world) => inTheRain(browser, world, quick ? 3 : 10),
  log: (browser, world) => longLog(browser, world, rounds(5)),
  stream: (browser, world) => growingLog(browser, world, quick ? 3 : 10),
};

/** Ends a part that takes too long, and whatever it opened. */
async function within(ms: number, browser: Browser, part: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not through after ${ms / 1000} s`)), ms);
  });
  try {
    await Promise.race([part, late]);
  } finally {
    clearTimeout(timer);
    await Promise.all(browser.contexts().map((context) => context.close()));
    await part.catch(() => {}); // what it was at fails now, and has been told or is told by the limit
  }
}

test("the console", async ({ browser, request }) => {
  test.setTimeout(0);
  const strange = only?.filter((name) => !(name in parts)) ?? [];
  if (strange.length > 0)
    throw new Error(`no part is called ${strange.join(", ")}: there are ${Object.keys(parts).join(", ")}`);
  const server = await startServer();
  try {
    machine(browser.version());
    const world = await makeWorld(server, request);
    const failed: string[] = [];
    for (const [name, measure] of Object.entries(parts)) {
      if (only !== undefined && !only.includes(name)) continue;
      const begun = performance.now();
      console.error(`${new Date().toLocaleTimeString("en-GB")} ${name} …`);
      try {
        await within(longest, browser, measure(browser, world));
        console.error(`  ${name} took ${Math.round((performance.now() - begun) / 1000)} s`);
      } catch (error) {
        failed.push(name);
        console.error(`  ${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      }
    }
    print();
    if (failed.length > 0) throw new Error(`not measured to the end: ${failed.join(", ")} (see above)`);
  } finally {
    await server.stop();
  }
});
