import { expectAccessible } from "./axe.ts";
import { reached, runnable, startRun } from "./runs-seed.ts";
import { expect, open, row, test } from "./steps.ts";

test("26 deleting several runs says how many go, and how many of them still run", async ({ page, server, seed }) => {
  const ended = await startRun(seed, await runnable(seed, "train", "train"));
  await reached(seed, ended.id, "COMPLETED");
  const slow = await startRun(seed, await runnable(seed, "slow", "slow"));
  await reached(seed, slow.id, "RUNNING");
  await open(page, server, `p/${seed.project}/runs`, "Runs");
  await expect(row(page, slow.name)).toContainText("Running");
  await page.getByRole("checkbox", { name: "Select all rows" }).check();
  await page.getByRole("toolbar").getByRole("button", { name: "Delete" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete 2 runs" });
  await expect(dialog.getByRole("listitem")).toHaveText([/^2 runs/, /^1 of them still runs/, /stay/]);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("grid")).toHaveCount(0);
  // The one that ran goes when its processes have.
  await expect.poll(() => seed.read(`-/${seed.project}/runs`)).toMatchObject({ totalElements: 0 });
});
