// Long logs, and those that grow.
import type { Browser } from "@playwright/test";
import { answer, frames, scrolling, timedEvents } from "./instruments.ts";
import { fresh } from "./pages.ts";
import { latencies, most, smooth, times } from "./report.ts";
import { manyLines, startStream, type World } from "./world.ts";

const area = "[role=region][aria-label='Log of main']";
const lines = manyLines.toLocaleString("en-GB");

/** A log of many lines: opened, scrolled through, searched. */
export async function longLog(browser: Browser, { server, seed, longLog: made }: World, rounds: number): Promise<void> {
  const long = await made();
  const opened: number[] = [];
  const found: number[] = [];
  const page = await fresh(browser);
  const path = `${server.console}p/${seed.project}/runs/${long}`;
  for (let round = 0; round < rounds; round++) {
    await page.goto(path);
    const tab = page.getByRole("tab", { name: "Logs", exact: true });
    await tab.waitFor();
    opened.push(await answer(page, () => tab.click(), { selector: area, text: `row ${manyLines - 1} ` }));
  }
  times(`opening the log of ${lines} lines: its end painted`, opened);
  smooth(`scrolling ${lines} lines from top to bottom, 12,000 px a frame`, [await scrolling(page, area, 12_000)]);
  const box = page.getByRole("searchbox", { name: "Search the log" });
  for (let round = 0; round < rounds; round++) {
    await box.fill("row 19999");
    await page.getByText("11 matches", { exact: true }).waitFor();
    await box.press("End");
    found.push(await answer(page, () => box.press("9"), { selector: "[role=status]", whole: "1 match" }));
    await box.fill("");
  }
  times(`search in ${lines} lines, from the key until all matches are counted`, found);
  latencies(
    "a key typed into the search meanwhile, until painted",
    await timedEvents(page, "keydown", 12, async () => {
      await box.focus();
      await page.keyboard.type("row 12345 of", { delay: 60 });
    }),
    100,
  );
  await page.context().close();
}

/** A log that grows by a thousand lines a second and is followed. */
export async function growingLog(browser: Browser, world: World, seconds: number): Promise<void> {
  const { server, seed } = world;
  const { id, stop } = await startStream(world);
  const page = await fresh(browser);
  await page.goto(`${server.console}p/${seed.project}/runs/${id}/logs`);
  const shown = () =>
    page.evaluate((chosen) => {
      const all = [...(document.querySelector(chosen)?.textContent.matchAll(/row (\d+) of/g) ?? [])];
      return Number(all.at(-1)?.[1] ?? 0);
    }, area);
  await page.waitForFunction((chosen) => /row \d+/.test(document.querySelector(chosen)?.textContent ?? ""), area);
  const before = await shown();
  const begun = performance.now();
  const gaps = await frames(page, () =>
    page.evaluate((ms) => new Promise((done) => setTimeout(done, ms)), seconds * 1000),
  );
  const rate = (1000 * ((await shown()) - before)) / (performance.now() - begun);
  smooth(`following a log that grows by ${Math.round(rate)} lines a second`, [{ gaps }]);
  latencies(
    "a key typed into its search meanwhile, until painted",
    await timedEvents(page, "keydown", 24, async () => {
      await page.getByRole("searchbox", { name: "Search the log" }).focus();
      await page.keyboard.type("row 123 of a log that is", { delay: 60 });
    }),
    100,
  );
  await stop();
  const held = await page.evaluate(() => document.querySelectorAll("*").length);
  most("elements of the page then", held, 3000, "elements");
  await page.context().close();
}
