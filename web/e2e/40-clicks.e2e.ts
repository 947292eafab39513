// Counts what the main jobs cost, from the overview of a project; docs/console.md shows the numbers.
import type { Locator, Page } from "@playwright/test";
import { reached, runnable, startRun } from "./runs-seed.ts";
import { expect, open, test } from "./steps.ts";

/** Clicks and key presses that act; typing is free. */
class Cost {
  count = 0;
  async click(target: Locator): Promise<void> {
    this.count++;
    await target.click();
  }
  async choose(target: Locator, option: string): Promise<void> {
    this.count++;
    await target.selectOption(option);
  }
  async press(page: Page, key: string): Promise<void> {
    this.count++;
    await page.keyboard.press(key);
  }
}

test("40 the main jobs cost the clicks that the document says", async ({ page, server, seed }) => {
  const fn = await runnable(seed, "train", "train");
  await seed.createFunction("train", { code: 'def main(epochs=1):\n    raise ValueError("no rows")\n' });
  const done = await startRun(seed, fn, { parameters: { epochs: 3 } });
  await reached(seed, done.id, "COMPLETED");
  const { content } = await seed.read<{ content: { id: string }[] }>(`-/${seed.project}/functions?name=train`);
  const failed = await seed.run("train", content[0]?.id ?? "", { parameters: { epochs: 3 } });
  expect(failed.state).toBe("ERROR");
  const main = page.getByRole("main");
  const home = () => open(page, server, `p/${seed.project}`, seed.project);
  const cost: Record<string, number> = {};
  const job = async (name: string, steps: (cost: Cost) => Promise<void>) => {
    await home();
    const counted = new Cost();
    await steps(counted);
    cost[name] = counted.count;
  };

  await job("run with one parameter changed", async (c) => {
    await c.press(page, "Control+k");
    await page.keyboard.type("run train");
    await expect(page.getByRole("option", { selected: true })).toContainText("Run train");
    await c.press(page, "Enter");
    await page.getByRole("textbox", { name: "epochs" }).fill("5");
    await c.press(page, "Control+Enter");
    await expect(page).toHaveURL(/\/runs\/[^/]+\/logs$/);
  });
  await job("why the latest run failed", async () => {
    await expect(main.getByRole("region", { name: /^Needs attention/ })).toContainText("no rows");
  });
  await job("rerun a failed run as it was", async (c) => {
    await c.click(main.getByRole("link", { name: "Open run train" }));
    await c.click(page.getByRole("button", { name: "Rerun", exact: true }));
    await expect(page).toHaveURL(/\/runs\/[^/]+\/logs$/);
  });
  await job("compare the newest run with the one before", async (c) => {
    await c.click(main.getByRole("link", { name: "Compare the two newest runs of train" }));
    await expect(page.getByRole("heading", { level: 1, name: "Compare runs" })).toBeVisible();
    await expect(page.getByRole("region", { name: "Compare runs" }).getByRole("table")).toContainText("Duration");
  });
  await job("compare any two runs", async (c) => {
    await c.click(page.getByRole("link", { name: "Runs", exact: true }).first());
    await c.click(page.getByRole("gridcell").getByRole("checkbox").first());
    await c.click(page.getByRole("link", { name: /^Compare with the chosen run: / }).first());
    await expect(page.getByRole("heading", { level: 1, name: "Compare runs" })).toBeVisible();
  });
  await job("what changed between two versions", async (c) => {
    await c.click(main.getByRole("region", { name: "Changed last" }).getByRole("link", { name: "train" }));
    await c.click(page.getByRole("link", { name: /^Compare with/ }).first());
    await expect(page.getByRole("heading", { level: 1, name: /^Compare versions/ })).toBeVisible();
  });
  await job("failed runs of a day", async (c) => {
    await c.click(main.getByRole("link", { name: /^Failed: / }));
    await expect(page).toHaveURL(/state=ERROR/);
    await expect(page).toHaveURL(/since=24h/);
  });
  await job("schedule a function daily", async (c) => {
    await c.click(main.getByRole("region", { name: "Changed last" }).getByRole("link", { name: "train" }));
    await c.click(page.getByRole("link", { name: "Schedule", exact: true }));
    await c.choose(page.getByRole("combobox", { name: "Presets" }), "Every day at midnight");
    await c.click(page.getByRole("button", { name: "Create trigger" }));
    await expect(page.getByRole("heading", { level: 1, name: "train-schedule" })).toBeVisible();
    await expect(page.getByRole("region", { name: "When" })).toContainText("every day at 00:00");
  });
  expect(cost).toEqual({
    "run with one parameter changed": 3,
    "why the latest run failed": 0,
    "rerun a failed run as it was": 2,
    "compare the newest run with the one before": 1,
    "compare any two runs": 3,
    "what changed between two versions": 2,
    "failed runs of a day": 1,
    "schedule a function daily": 4,
  });
});
