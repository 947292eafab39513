import { expectAccessible } from "./axe.ts";
import { runnable, startRun, reached } from "./runs-seed.ts";
import { expect, open, row, test } from "./steps.ts";

test("25 a run out of memory says why, and is run again with more in two actions", async ({ page, server, seed }) => {
  const run = await startRun(seed, await runnable(seed, "oom", "oom"), { resources: { mem: "64Mi" } });
  await reached(seed, run.id, "ERROR");
  await open(page, server, `p/${seed.project}/runs`, "Runs");
  await expect(row(page, run.name)).toContainText("Out of memory");
  await row(page, run.name).getByRole("link", { name: run.name, exact: true }).click();
  const wrong = page.getByRole("region", { name: "What went wrong" });
  await expect(wrong).toContainText("Out of memory");
  await expect(wrong).toContainText("Limit64Mi");
  await expect(wrong).toContainText("While executing");
  await expect(wrong).toContainText("Loading batch 40/64");
  await wrong.getByRole("link", { name: "Rerun with 128Mi" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Run oom" })).toBeVisible();
  await expect(page.getByText("resources.mem")).toBeVisible();
  await expect(page.getByText("64Mi → 128Mi")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Create and open" }).click();
  await expect(page).toHaveURL(/\/runs\/[^/]+\/logs$/);
});

test("25 what went wrong leads to the line of the log where the traceback stands", async ({
  page,
  server,
  seed,
  request,
}) => {
  const run = await startRun(seed, await runnable(seed, "failing", "failing"));
  await reached(seed, run.id, "ERROR");
  const log = await request.get(`${server.url}/api/v1/-/${seed.project}/runs/${run.id}/log`);
  const at =
    (await log.text()).split("\n").findLastIndex((line) => line.startsWith("Traceback (most recent call last):")) + 1;
  expect(at).toBeGreaterThan(0);
  await open(page, server, `p/${seed.project}/runs/${run.id}`, run.name);
  const wrong = page.getByRole("region", { name: "What went wrong" });
  await wrong.getByRole("link", { name: `Open the log at line ${at}` }).click();
  await expect(page).toHaveURL(new RegExp(`/logs#L${at}$`));
  await expect(page.getByRole("region", { name: "Log of main" })).toContainText("Traceback (most recent call last):");

  await page.getByRole("tab", { name: "Summary" }).click();
  await wrong.getByRole("link", { name: "Edit the function" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Edit failing" })).toBeVisible();
  const code = page.getByRole("textbox", { name: "Code" });
  await expect(code).toBeFocused();
  await expect(code).toBeInViewport();
  await expect(code).toContainText("never works");
});

test("26 stopping five runs of which two run says so and stops the two", async ({ page, server, seed }) => {
  const train = await runnable(seed, "train", "train");
  const slow = await runnable(seed, "slow", "slow");
  const ended = [await startRun(seed, train), await startRun(seed, train), await startRun(seed, train)];
  for (const run of ended) await reached(seed, run.id, "COMPLETED");
  const live = [await startRun(seed, slow), await startRun(seed, slow)];
  await open(page, server, `p/${seed.project}/runs`, "Runs");
  await expect(row(page, live[1]?.name ?? "")).toBeVisible();
  await page.getByRole("checkbox", { name: "Select all rows" }).check();
  await page.getByRole("toolbar").getByRole("button", { name: "Stop" }).click();
  const dialog = page.getByRole("dialog", { name: "Stop 2 of 5 runs" });
  await expect(dialog).toContainText("3 have ended already");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Stop", exact: true }).click();
  for (const run of live) await reached(seed, run.id, "STOPPED");
  for (const run of ended) await reached(seed, run.id, "COMPLETED");
  await expect(row(page, live[0]?.name ?? "")).toContainText("Stopped");
});
