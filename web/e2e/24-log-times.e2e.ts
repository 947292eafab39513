import type { Locator, Page } from "@playwright/test";
import { expectAccessible, ofColours } from "./axe.ts";
import { reached, runnable, startRun } from "./runs-seed.ts";
import { expect, open, row, test } from "./steps.ts";

/** The time before the line with a text. */
const timeOf = (log: Locator, text: string): Locator =>
  log.locator(":has(> time)").filter({ hasText: text }).getByRole("time");

async function choose(within: Page | Locator, page: Page, name: string): Promise<void> {
  await within.getByRole("button", { name: "Timestamps" }).click();
  await page.getByRole("menuitemradio", { name }).click();
}

/** What was shown, in seconds: 1:03.2 is 63.2. */
const seconds = (shown: string): number =>
  shown
    .replace("\u2212", "-")
    .split(":")
    .reduce((sum, part) => sum * 60 + Number(part), 0);

test("24 a log says when each of its lines was written, as chosen, and stays what was printed", async ({
  page,
  server,
  seed,
}) => {
  const run = await startRun(seed, await runnable(seed, "twice", "twice"));
  await open(page, server, `p/${seed.project}/runs/${run.id}/logs`, run.name);
  const log = page.getByRole("region", { name: "Log of main" });
  await expect(log).toContainText("the first");
  await expect(log.getByRole("time")).toHaveCount(0);
  await choose(page, page, "Relative");
  await expect(timeOf(log, "the first")).toHaveText(/^−?\d+:\d\d\.\d$/); // while it is printed
  await reached(seed, run.id, "COMPLETED");
  await expect(page.getByRole("group", { name: "Logs" })).toContainText("Complete");
  await expect(timeOf(log, "the second")).toHaveText(/^\d+:\d\d\.\d$/);
  const [first, second] = await Promise.all(["the first", "the second"].map((text) => timeOf(log, text).innerText()));
  expect(seconds(second ?? "")).toBeGreaterThan(seconds(first ?? ""));
  await expect(log.getByRole("time")).toHaveCount(5); // a long line has one, before its first row
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expectAccessible(page, ofColours);
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1280, height: 800 });

  await page.reload();
  await expect(timeOf(log, "the second")).toHaveText(/^\d+:\d\d\.\d$/);
  const [kept, later] = await Promise.all(["the first", "the second"].map((text) => timeOf(log, text).innerText()));
  expect(seconds(later ?? "")).toBeGreaterThan(seconds(kept ?? ""));
  // The times are no part of what is selected, searched or downloaded.
  await log.evaluate((box) => getSelection()?.selectAllChildren(box));
  const copied = await page.evaluate(() => getSelection()?.toString() ?? "");
  expect(copied).toContain("the second");
  expect(copied).not.toContain(later ?? "");
  await page.getByRole("searchbox", { name: "Search the log" }).fill(later ?? "");
  await expect(page.getByRole("group", { name: "Logs" })).toContainText("No match");
  await page.getByRole("searchbox", { name: "Search the log" }).fill("");
  const started = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download" }).click();
  const chunks: Buffer[] = [];
  for await (const chunk of await (await started).createReadStream()) chunks.push(chunk as Buffer);
  expect(Buffer.concat(chunks).toString()).toBe(
    `the first\nthe second\n${"x".repeat(5000)}\nWARNING: hot\nERROR: cold\n`,
  );

  await choose(page, page, "Absolute");
  await expect(timeOf(log, "the second")).toHaveText(/^\d\d:\d\d:\d\d\.\d$/);
  await open(page, server, `p/${seed.project}/runs/${run.id}/logs?beside=attempt%3A1`, run.name);
  const beside = page.getByRole("region", { name: "Second log" }).getByRole("region", { name: "Log of" });
  await expect(timeOf(beside, "the second")).toHaveText(/^\d\d:\d\d:\d\d\.\d$/);
  await open(page, server, `p/${seed.project}/runs`, "Runs");
  await row(page, run.name).focus();
  await page.keyboard.press("l");
  const peek = page.getByRole("dialog", { name: `Log of ${run.name}` });
  await expect(timeOf(peek, "the second")).toHaveText(/^\d\d:\d\d:\d\d\.\d$/);
  await choose(peek, page, "Off");
  await expect(timeOf(peek, "the second")).toHaveCount(0);
  await expect(peek).toContainText("the second");
});
