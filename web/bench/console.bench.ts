// Measures what docs/benchmarks.md publishes of the console: `bench/console` at the root, QUICK=1 for a short look.
import { test } from "@playwright/test";
import { startServer } from "../e2e/server.ts";
import { growingLog, longLog } from "./logs.ts";
import { acts, firstPage, routeChanges } from "./pages.ts";
import { machine, print } from "./report.ts";
import { amongMany, firstRows, inTheRain } from "./runs.ts";
import { makeWorld } from "./world.ts";

const quick = process.env["QUICK"] !== undefined;
const rounds = (n: number) => (quick ? 2 : n);
const only = process.env["ONLY"]?.split(" ");

test("the console", async ({ browser, request }) => {
  test.setTimeout(1_800_000);
  const server = await startServer();
  try {
    const say = (what: string) => console.error(`${new Date().toLocaleTimeString("en-GB")} ${what} …`);
    say("data");
    const world = await makeWorld(server, request);
    machine(browser.version());
    const failed: unknown[] = [];
    const parts: Record<string, () => Promise<unknown>> = {
      first: () => firstPage(browser, world, rounds(7)),
      routes: () => routeChanges(browser, world, rounds(3)),
      acts: () => acts(browser, world, rounds(10)),
      runs: async () => {
        await firstRows(browser, world, rounds(5));
        const page = await amongMany(browser, world, rounds(2), rounds(10));
        await inTheRain(page, world, quick ? 3 : 10);
        await page.context().close();
      },
      log: () => longLog(browser, world, rounds(5)),
      stream: () => growingLog(browser, world, quick ? 3 : 8),
    };
    for (const [name, measure] of Object.entries(parts)) {
      if (only !== undefined && !only.includes(name)) continue;
      say(name);
      // What fails does not take with it what was measured.
      await measure().catch((error: unknown) => failed.push(error));
    }
    print();
    if (failed.length > 0) throw new AggregateError(failed, failed.map(String).join("\n"));
  } finally {
    await server.stop();
  }
});
