import { expectAccessible } from "./axe.ts";
import { reached, runnable, startRun } from "./runs-seed.ts";
import { expect, open, test } from "./steps.ts";

test("24 the log of another run stands beside, as the address says; keys and lines stay those of each", async ({
  page,
  server,
  seed,
}) => {
  const train = await runnable(seed, "train", "train");
  const older = await startRun(seed, train, { parameters: { epochs: 41 } });
  const run = await startRun(seed, train, { parameters: { epochs: 42 } });
  await Promise.all([older, run].map(({ id }) => reached(seed, id, "COMPLETED")));
  await open(page, server, `p/${seed.project}/runs/${run.id}/logs`, run.name);
  await page.getByRole("button", { name: "Show another log beside" }).click();
  const dialog = page.getByRole("dialog", { name: "Show another log beside" });
  await expect(dialog.getByRole("button", { name: run.name })).toHaveCount(0);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: older.name }).click();
  await expect(page).toHaveURL(new RegExp(`beside=run.*${older.id}`));
  const second = page.getByRole("region", { name: "Second log" });
  await expect(second.getByRole("region", { name: `Log of ${older.name}` })).toContainText("epochs 41");
  await expect(page.getByRole("region", { name: "Log of main" })).toContainText("epochs 42");
  await expectAccessible(page);

  await page.reload();
  await expect(second).toContainText("epochs 41");
  await second.getByRole("searchbox", { name: "Search the log" }).fill("epochs");
  await expect(second.getByRole("group")).toContainText("1 match");
  await expect(page.getByRole("group", { name: "Logs", exact: true })).not.toContainText("1 match");
  await second.getByRole("link", { name: "Line 1", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: older.name })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`${older.id}/logs#L1$`));
  await page.goBack();
  await second.getByRole("button", { name: "Close the second log" }).click();
  await expect(second).toHaveCount(0);
  await expect(page).not.toHaveURL(/beside/);
});

test("24 an attempt stands beside all of them, in Italian and at 320 px; a run that is gone says so", async ({
  page,
  server,
  seed,
  guard,
}) => {
  const run = await startRun(seed, await runnable(seed, "failing", "failing"), { backoff_limit: 1 });
  await reached(seed, run.id, "ERROR");
  await page.setViewportSize({ width: 320, height: 720 });
  await page.addInitScript(() => localStorage.setItem("dhub.prefs", JSON.stringify({ locale: "it" })));
  await open(page, server, `p/${seed.project}/runs/${run.id}/logs`, run.name);
  await page.getByRole("button", { name: "Mostra un altro log accanto" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Tentativo 1" }).click();
  const second = page.getByRole("region", { name: "Secondo log" });
  await expect(second.getByRole("region", { name: "Log di Tentativo 1" })).toContainText("never works");
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  guard.errors.push(/404/);
  await open(page, server, `p/${seed.project}/runs/${run.id}/logs?beside=run:nowhere`, run.name);
  await expect(second.getByRole("alert")).toBeVisible();
});
