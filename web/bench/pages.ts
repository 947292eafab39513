// The first page, the ways between pages, and what is done on them.
import type { Browser, Page } from "@playwright/test";
import { answer, instrument, type Sought, timedEvents } from "./instruments.ts";
import { firstRoute, most, times } from "./report.ts";
import type { World } from "./world.ts";

/** A browser that remembers nothing. */
export async function fresh(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-GB" });
  const page = await context.newPage();
  await instrument(page);
  page.setDefaultTimeout(15_000);
  return page;
}

export const grid: Sought = { selector: "main [role=grid] [role=row][data-row-id]" };
const title = (text: string): Sought => ({ selector: "main h1", text });

// A laptop of a fourth of this processor's speed, 10 Mbit/s, 40 ms away (console.md 6.14).
async function slowed(page: Page): Promise<void> {
  const client = await page.context().newCDPSession(page);
  await client.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await client.send("Network.enable");
  await client.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 40,
    downloadThroughput: 10e6 / 8,
    uploadThroughput: 10e6 / 8,
  });
}

async function load(page: Page, url: string): Promise<{ paint: number; rows: number }> {
  await page.goto(url);
  await page.waitForFunction(() => bench.rows !== undefined);
  return page.evaluate(() => ({
    paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
    rows: bench.rows ?? Number.NaN,
  }));
}

/** The list of projects, with an empty cache and with a full one. */
export async function firstPage(browser: Browser, { server }: World, rounds: number): Promise<void> {
  most("JavaScript of the first route, gzip", firstRoute(), 190, "kB");
  for (const [how, isSlowed] of [
    ["", false],
    [", processor slowed to a fourth, 10 Mbit/s, 40 ms away", true],
  ] as const) {
    const cold: { paint: number; rows: number }[] = [];
    const warm: { paint: number; rows: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      const page = await fresh(browser);
      if (isSlowed) await slowed(page);
      cold.push(await load(page, server.console));
      await page.goto("about:blank");
      warm.push(await load(page, server.console));
      await page.context().close();
    }
    const target = (ms: number) => (isSlowed ? ms : undefined);
    times(
      `projects, empty cache${how}: first contentful paint`,
      cold.map((each) => each.paint),
      target(800),
    );
    times(
      "the same: rows painted",
      cold.map((each) => each.rows),
      target(1500),
    );
    times(
      `projects, full cache${how}: first contentful paint`,
      warm.map((each) => each.paint),
      target(300),
    );
    times(
      "the same: rows painted",
      warm.map((each) => each.rows),
    );
  }
}

const lists = ["Functions", "Runs", "Data items", "Models", "Artifacts", "Triggers", "Secrets"] as const;

/** From list to list by the menu: each for the first time, and again. */
export async function routeChanges(browser: Browser, { server, seed, manyRuns }: World, rounds: number): Promise<void> {
  await manyRuns();
  const first: number[] = [];
  const again: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const page = await fresh(browser);
    await page.goto(`${server.console}p/${seed.project}`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    for (const taken of [first, again])
      for (const list of lists) {
        const link = page.getByRole("navigation").getByRole("link", { name: list, exact: true });
        taken.push(await answer(page, () => link.click(), title(list), grid));
      }
    await page.context().close();
  }
  times(`from list to list by the menu, ${lists.length} lists, each for the first time: rows painted`, first, 500);
  times("the same, again", again, 100);
}

async function many(count: number, measure: () => Promise<number>): Promise<number[]> {
  const taken: number[] = [];
  for (let n = 0; n < count; n++) taken.push(await measure());
  return taken;
}

/** What is done on the pages of functions and of a run, and everywhere. */
export async function acts(browser: Browser, { server, seed, name, run }: World, rounds: number): Promise<void> {
  const page = await fresh(browser);
  await page.goto(`${server.console}p/${seed.project}/functions`);
  const row = page.getByRole("row").filter({ hasText: name });
  await row.waitFor();
  const unfolded: Sought = { selector: `[aria-label="Versions of ${name}"] li` };
  const chevron = row.getByRole("button", { name: /^(Expand|Collapse)/ });
  times(
    "unfolding a row to its five latest versions, one call",
    await many(rounds, async () => {
      const taken = await answer(page, () => chevron.click(), unfolded);
      await chevron.click();
      return taken;
    }),
    100,
  );
  times(
    "opening the form that creates a function",
    await many(rounds, async () => {
      const link = page.getByRole("link", { name: "Create" }).first();
      const taken = await answer(page, () => link.click(), title("New function"), { selector: "main input" });
      await page.goBack();
      await row.waitFor();
      return taken;
    }),
    100,
  );
  const option: Sought = { selector: "[role=dialog] [role=option]" };
  const opened: number[] = [];
  const found: number[] = [];
  for (let round = 0; round < rounds; round++) {
    opened.push(await answer(page, () => page.keyboard.press("Control+k"), { selector: "[role=dialog] input" }));
    await page.keyboard.type("step-3");
    found.push(await answer(page, () => page.keyboard.press("7"), { ...option, text: "step-37" }));
    await page.keyboard.press("Escape");
  }
  times("opening the command palette", opened, 100);
  times("the palette's answer to a key, from the names it holds", found, 80);
  await page.goto(`${server.console}p/${seed.project}/runs/${run}/logs`);
  const tab = (label: string) => page.getByRole("tab", { name: label, exact: true });
  await tab("Summary").waitFor();
  const panel = (label: string): Sought => ({ selector: "[role=tab][aria-selected=true]", text: label });
  times(
    "switching between the tabs of a run",
    await many(rounds, async () => {
      const there = await answer(page, () => tab("Summary").click(), panel("Summary"), {
        selector: "[role=tabpanel] dl",
      });
      const back = await answer(page, () => tab("Spec").click(), panel("Spec"));
      return Math.max(there, back);
    }),
    100,
  );
  await page.context().close();
}

/** Types into the filter of the runs, which are listed anew for each pause, and gives how long each key took. */
export function typing(page: Page, text: string): Promise<number[]> {
  return timedEvents(page, "keydown", text.length, async () => {
    await page.getByPlaceholder("Filter by name or id").focus();
    await page.keyboard.type(text, { delay: 60 });
  });
}
