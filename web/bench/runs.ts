// The list of ten thousand runs.
import type { Browser, Page } from "@playwright/test";
import { answer, frames, scrolling } from "./instruments.ts";
import { fresh, typing } from "./pages.ts";
import { latencies, most, type Pass, smooth, times } from "./report.ts";
import { manyRuns, rain, type World } from "./world.ts";

const area = "main [role=grid]";

async function open(browser: Browser, { server, seed, manyRuns: made }: World): Promise<Page> {
  await made();
  const page = await fresh(browser);
  await page.goto(`${server.console}p/${seed.project}/runs`);
  await page.waitForFunction(() => bench.rows !== undefined);
  return page;
}

/** The first rows: from the answer of the server until they are painted. */
export async function firstRows(browser: Browser, world: World, rounds: number): Promise<void> {
  const whole: number[] = [];
  const afterData: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const page = await open(browser, world);
    const [rows, data] = await page.evaluate(() => [
      bench.rows ?? Number.NaN,
      (performance.getEntriesByType("resource") as PerformanceResourceTiming[]).find(
        ({ name }) => /\/runs\?/.test(name) && !name.includes("/summary/"),
      )?.responseEnd ?? Number.NaN,
    ]);
    whole.push(rows);
    afterData.push(rows - data);
    await page.context().close();
  }
  times(`list of ${manyRuns} runs, empty cache: rows painted`, whole);
  times("the same, after the data came", afterData, 400);
}

/** Scrolling through all, once while they are read and then when they are there, and what is done among them. */
export async function amongMany(browser: Browser, world: World, passes: number, rounds: number): Promise<void> {
  const page = await open(browser, world);
  // The first rows have just been painted: one of them is taken when it stays.
  await page.waitForFunction((chosen) => {
    const row = document.querySelector<HTMLElement>(`${chosen} [role=row][data-row-id]`);
    if (row !== null && document.activeElement === row) return true;
    row?.focus();
    return false;
  }, area);
  const reading = await frames(page, async () => {
    await page.keyboard.press("End");
    await page.waitForFunction(
      () => {
        const rows = document.querySelectorAll("main [role=row][data-row-id]");
        const count = document.querySelector("main [role=grid]")?.getAttribute("aria-rowcount");
        return rows[rows.length - 1]?.getAttribute("aria-rowindex") === count;
      },
      undefined,
      { timeout: 60_000 }, // twenty pages come first
    );
  });
  smooth(`End: ${manyRuns} runs are read, twenty pages, and the oldest is shown`, [{ gaps: reading }]);
  const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
  const client = await page.context().newCDPSession(page);
  await client.send("HeapProfiler.enable");
  await client.send("HeapProfiler.collectGarbage");
  const { metrics } = await client.send("Performance.enable").then(() => client.send("Performance.getMetrics"));
  most(
    `heap with ${manyRuns} runs read`,
    (metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? Number.NaN) / 1e6,
    80,
    "MB",
  );
  most("elements of the page then", nodes, 3000, "elements");
  smooth(`scrolling the first 500 of ${manyRuns} runs, 100 px a frame`, [await scrolling(page, area, 100, 0.05)]);
  const taken: Pass[] = [];
  for (let pass = 0; pass < passes; pass++) taken.push(await scrolling(page, area, 2000));
  smooth(`scrolling all of ${manyRuns} runs, 2,000 px a frame`, taken);
  await page.evaluate((chosen) => document.querySelector(chosen)?.scrollTo(0, 0), area);
  const rows = page.locator(`${area} [role=row][data-row-id]`);
  const opened: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const name = rows.nth(2 + round);
    opened.push(await answer(page, () => name.click({ position: { x: 300, y: 10 } }), { selector: "[role=tablist]" }));
    await page.goBack();
    await rows.first().waitFor();
  }
  times(`opening a run from the list of ${manyRuns}, page painted`, opened, 100);
  latencies(
    "a key typed into the filter of the list, until painted",
    await typing(page, "train a model of many runs"),
    100,
  );
  await page.context().close();
}

/** Two hundred changes a second while a person types. */
export async function inTheRain(browser: Browser, world: World, seconds: number): Promise<void> {
  const page = await open(browser, world);
  const text = "what is typed while runs are created by others ".repeat(4);
  let pace = 0;
  let keys: number[] = [];
  const gaps = await frames(page, async () => {
    const raining = rain(world, 200, seconds);
    keys = await typing(page, text.slice(0, seconds * 12));
    pace = await raining;
  });
  const value = await page.getByPlaceholder("Filter by name or id").inputValue();
  const lost = value === text.slice(0, seconds * 12) ? 0 : 1;
  const of = `${Math.round(pace)} runs created a second for ${seconds} s`;
  latencies(`${of}: a key typed into the filter meanwhile, until painted`, keys, 100);
  most("the same: texts that lost a letter", lost, 0, "texts");
  most(
    "the same: longest time between two frames",
    Math.max(...gaps),
    50,
    "ms",
    `${gaps.filter((gap) => gap > 50).length} of ${gaps.length} longer than 50 ms`,
  );
  await page.context().close();
}
