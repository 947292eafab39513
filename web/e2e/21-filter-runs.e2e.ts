import { expectAccessible } from "./axe.ts";
import { reached, runnable, seedRuns, startRun } from "./runs-seed.ts";
import { expect, open, row, test } from "./steps.ts";

test("21 runs are filtered by function exactly and by several states; the URL keeps it, a saved view restores it", async ({
  page,
  server,
  seed,
  calls,
}) => {
  const train = await startRun(seed, await runnable(seed, "train", "train"));
  const second = await startRun(seed, await runnable(seed, "train-v2", "train"));
  const oom = await startRun(seed, await runnable(seed, "oom", "oom"), { resources: { mem: "64Mi" } });
  await Promise.all([train, second].map((run) => reached(seed, run.id, "COMPLETED")));
  await reached(seed, oom.id, "ERROR");
  await open(page, server, `p/${seed.project}/runs`, "Runs");
  await expect(page.getByRole("grid", { name: "Runs" })).toHaveAttribute("aria-rowcount", "4");
  expect(calls.filter((call) => call.includes("/-/") && !call.includes("/events")).length).toBeLessThanOrEqual(3);
  await expect(row(page, oom.name)).toContainText("Out of memory");
  await expectAccessible(page);

  const filters = page.getByRole("search", { name: "Filters" });
  await filters.getByRole("button", { name: /^Function/ }).click();
  await expect(page.getByRole("option", { name: "train python" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("combobox", { name: "Function" }).fill("train");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/function=train/);
  await expect(row(page, second.name)).toHaveCount(0);
  await expect(row(page, train.name)).toBeVisible();
  await page.reload();
  await expect(row(page, train.name)).toBeVisible();
  await expect(row(page, second.name)).toHaveCount(0);
  await filters.getByRole("button", { name: "Clear filters" }).click();
  await filters.getByRole("button", { name: /^State/ }).click();
  await page.getByRole("menuitemcheckbox", { name: "Failed" }).click();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("grid", { name: "Runs" })).toHaveAttribute("aria-rowcount", "2");
  await page.getByRole("button", { name: "Save view" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("broken");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("link", { name: "All", exact: true }).click();
  await expect(page.getByRole("grid", { name: "Runs" })).toHaveAttribute("aria-rowcount", "4");
  await page.getByRole("link", { name: "broken", exact: true }).click();
  await expect(page.getByRole("grid", { name: "Runs" })).toHaveAttribute("aria-rowcount", "2");
  await expectAccessible(page);
});

test("21 runs are filtered by author and by a span of time, and are counted as the server counts them", async ({
  page,
  server,
  seed,
}) => {
  const fn = await runnable(seed, "train", "train");
  await seedRuns(server, seed, fn, 30);
  await open(page, server, `p/${seed.project}/runs`, "Runs");
  const grid = page.getByRole("grid", { name: "Runs" });
  const filters = page.getByRole("search", { name: "Filters" });
  await expect(filters).toContainText("30 runs");
  await filters.getByRole("button", { name: /^By/ }).click();
  await page.getByRole("combobox", { name: "By" }).fill("nobody");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/user=nobody/);
  await expect(page.getByText("Clear filters").first()).toBeVisible();
  await filters.getByRole("button", { name: "Clear filters" }).click();
  await expect(grid).toHaveAttribute("aria-rowcount", "31");

  await page.getByRole("slider", { name: "From" }).press("ArrowRight");
  await expect(page).toHaveURL(/since=/);
  const since = new URL(page.url()).searchParams.get("since") ?? "";
  const { totalElements } = await seed.read<{ totalElements: number }>(
    `-/${seed.project}/runs?size=1&since=${encodeURIComponent(since)}`,
  );
  await expect(filters).toContainText(totalElements === 1 ? "1 run" : `${totalElements} runs`);
  await page.goBack();
  await expect(grid).toHaveAttribute("aria-rowcount", "31");
});

test("22 a list that was scrolled waits with what is new", async ({ page, server, seed }) => {
  const fn = await runnable(seed, "train", "train");
  await seedRuns(server, seed, fn, 80);
  await open(page, server, `p/${seed.project}/runs`, "Runs");
  await expect(page.getByRole("banner").getByText("Live", { exact: true })).toBeVisible();
  const grid = page.getByRole("grid", { name: "Runs" });
  await grid.hover();
  await page.mouse.wheel(0, 900);
  const run = await startRun(seed, fn);
  await expect(page.getByRole("button", { name: /1 new run/ })).toBeVisible();
  await expect(row(page, run.name)).toHaveCount(0);
  await page.getByRole("button", { name: /1 new run/ }).click();
  await expect(grid).toHaveAttribute("aria-rowcount", "82");
});

test("22 a run of another client appears and moves through its states without reload; with a row chosen it waits", async ({
  page,
  server,
  seed,
}) => {
  const fn = await runnable(seed, "train", "train");
  const first = await startRun(seed, fn);
  await reached(seed, first.id, "COMPLETED");
  await open(page, server, `p/${seed.project}/runs`, "Runs");
  await expect(page.getByRole("banner").getByText("Live", { exact: true })).toBeVisible();
  const second = await startRun(seed, fn);
  await expect(row(page, second.name)).toContainText("Succeeded");
  await page.getByRole("checkbox", { name: `Select ${first.name}` }).check();
  const third = await startRun(seed, fn);
  await page.getByRole("button", { name: /1 new run/ }).click();
  await expect(row(page, third.name)).toContainText("Succeeded");
});
