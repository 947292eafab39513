import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./axe.ts";
import { reached, runnable, startRun } from "./runs-seed.ts";
import { expect, open, test } from "./steps.ts";

/** A chart of the tab, shown as the table of its values. */
async function table(page: Page, name: string): Promise<Locator> {
  const chart = page.getByRole("figure", { name, exact: true });
  await chart.getByRole("button", { name: "Show as table" }).click();
  return chart.getByRole("table", { name, exact: true });
}

/** The numbers that the cells of a table begin with. */
async function numbers(of: Locator): Promise<number[]> {
  const cells = await of.getByRole("cell").allTextContents();
  return cells.filter((text) => text !== "").map((text) => Number(text.replace(/[^\d.].*/, "")));
}

test("the use of a run is drawn while it runs and stays when it has ended", async ({ page, server, seed, calls }) => {
  const run = await startRun(seed, await runnable(seed, "heavy", "heavy"), { resources: { mem: "1Gi", cpu: "500m" } });
  await open(page, server, `p/${seed.project}/runs/${run.id}/resources`, run.name);
  const card = page.getByRole("region", { name: "Use over time" });
  const memory = card.getByRole("figure", { name: "Memory" });
  await expect(memory).toContainText(/Highest [12]\d\d MiB/, { timeout: 30_000 });
  await expect(memory).toContainText("Asked for 1 GiB");
  await expect(memory).toContainText("Running");
  await expect(card.getByRole("figure", { name: "CPU" })).toContainText("Asked for 0.5 cores");
  await expect(memory.getByRole("img", { name: /^Memory: Highest/ })).toBeVisible();

  await seed.post(`-/${seed.project}/runs/${run.id}/stop`, {});
  await reached(seed, run.id, "STOPPED");
  await page.reload();
  const rows = await table(page, "Memory");
  await expect(rows.getByRole("row").first()).toContainText("Time");
  expect(Math.max(...(await numbers(rows)))).toBeGreaterThan(100);
  expect(Math.max(...(await numbers(rows)))).toBeLessThan(1000);
  expect(Math.max(...(await numbers(await table(page, "CPU"))))).toBeGreaterThan(0);
  await expectAccessible(page);
  // One that has ended is read once.
  expect(calls.filter((call) => call.endsWith(`${run.id}/usage`)).length).toBeLessThan(20);
  calls.length = 0;
  await page.reload();
  await expect(page.getByRole("figure", { name: "Memory" })).toBeVisible();
  expect(calls.filter((call) => call.includes("/usage"))).toHaveLength(1);
});

test("each attempt has its own use, and it works at 320 px", async ({ page, server, seed }) => {
  const run = await startRun(seed, await runnable(seed, "busy", "busy"), { backoff_limit: 1 });
  await reached(seed, run.id, "ERROR");
  await page.setViewportSize({ width: 320, height: 640 });
  await open(page, server, `p/${seed.project}/runs/${run.id}/resources`, run.name);
  const choice = page.getByRole("combobox", { name: "Attempt" });
  await expect(choice).toHaveValue("2");
  await expect(page.getByRole("figure", { name: "CPU" })).toContainText(/Highest \d/);
  await choice.selectOption("1");
  await expect(page).toHaveURL(/attempt=1/);
  await expect(page.getByRole("figure", { name: "CPU" })).toContainText(/Highest \d/);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await expectAccessible(page);
  await page.reload();
  await expect(choice).toHaveValue("1");
});

test("a run that its client executes says that nothing of it is measured", async ({ page, server, seed }) => {
  const run = await startRun(seed, await runnable(seed, "train", "train"), { local_execution: true });
  await open(page, server, `p/${seed.project}/runs/${run.id}/resources`, run.name);
  const card = page.getByRole("region", { name: "Use over time" });
  await expect(card).toContainText("Its client executes this run");
  await expect(card.getByRole("figure")).toHaveCount(0);
  await expectAccessible(page);
});
