import { expectAccessible } from "./axe.ts";
import { reached, runnable, startRun } from "./runs-seed.ts";
import { expect, open, row, test } from "./steps.ts";

test("21 the list as bars over time: by function, in the URL, by keyboard, narrowed on its axis", async ({
  page,
  server,
  seed,
  calls,
}) => {
  const train = await runnable(seed, "train", "train");
  const done = await startRun(seed, train);
  await reached(seed, done.id, "COMPLETED");
  const failed = await startRun(seed, await runnable(seed, "oom", "oom"), { resources: { mem: "64Mi" } });
  await reached(seed, failed.id, "ERROR");
  const again = await startRun(seed, train);
  await reached(seed, again.id, "COMPLETED");

  await open(page, server, `p/${seed.project}/runs?state=COMPLETED&state=ERROR`, "Runs");
  const shown = page.getByRole("group", { name: "Shown as" });
  await shown.getByRole("button", { name: "Timeline" }).click();
  await expect(page).toHaveURL(/view=timeline/);
  const grid = page.getByRole("grid", { name: "Runs" });
  await expect(grid.getByText("train · 2 runs")).toBeVisible();
  await expect(grid.getByText("oom · 1 run")).toBeVisible();
  // What the colour of a bar says is said in words as well.
  await expect(row(page, failed.name).getByRole("img", { name: /^Failed · from .* · running / })).toBeVisible();
  await expect(row(page, done.name).getByRole("img", { name: /^Succeeded · from / })).toBeVisible();
  await expectAccessible(page);

  calls.length = 0;
  await page.reload();
  await expect(row(page, done.name).getByRole("img", { name: /^Succeeded/ })).toBeVisible();
  expect(calls.filter((call) => call.includes("/-/") && !call.includes("/events")).length).toBeLessThanOrEqual(3);

  await page.getByRole("button", { name: "Grouped by function" }).click();
  await page.getByRole("menuitemradio", { name: "nothing" }).click();
  await expect(page).toHaveURL(/group=none/);
  await expect(grid.getByText("train · 2 runs")).toHaveCount(0);
  await row(page, again.name).focus();
  await page.keyboard.press("j");
  await expect(row(page, failed.name)).toBeFocused();

  // The oldest run begins the axis: one step of its handle leaves that run out.
  await grid.getByRole("slider", { name: "From" }).press("ArrowRight");
  await expect(page).toHaveURL(/since=/);
  await expect(page).toHaveURL(/view=timeline/);
  await expect(row(page, done.name)).toHaveCount(0);
  await page.goBack();
  await expect(row(page, done.name)).toBeVisible();
  await row(page, again.name).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: again.name })).toBeVisible();
});

test("21 the bars in Italian and at 320 px, a running one among them; nothing found is explained", async ({
  page,
  server,
  seed,
}) => {
  const run = await startRun(seed, await runnable(seed, "slow", "slow"));
  await reached(seed, run.id, "RUNNING");
  await page.setViewportSize({ width: 320, height: 720 });
  await page.addInitScript(() => localStorage.setItem("dhub.prefs", JSON.stringify({ locale: "it" })));
  await open(page, server, `p/${seed.project}/runs?view=timeline`, "Esecuzioni");
  await expect(row(page, run.name).getByRole("img", { name: /^In corso.* · dal / })).toBeVisible();
  await expectAccessible(page);
  await expect(page.getByRole("button", { name: "Raggruppate per funzione" })).toBeInViewport({ ratio: 1 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await seed.post(`-/${seed.project}/runs/bulk`, { action: "stop", ids: [run.id] });
  await expect(row(page, run.name).getByRole("img", { name: /^Fermata · dal .* alle / })).toBeVisible();
  await open(page, server, `p/${seed.project}/runs?view=timeline&function=nessuna`, "Esecuzioni");
  await expect(page.getByRole("button", { name: "Togli i filtri" }).first()).toBeVisible();
});
