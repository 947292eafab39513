import { expectAccessible } from "./axe.ts";
import { reached, runnable, startRun } from "./runs-seed.ts";
import { chooseFilter, expect, open, row, test } from "./steps.ts";

test("3 projects tell how their runs fare, without a reload, and are filtered by label and owner", async ({
  page,
  server,
  seed,
  calls,
}) => {
  const labelled = `${seed.project}-ml`;
  await seed.post("projects", { name: labelled, metadata: { labels: ["ml"] } });
  const broken = await seed.createFunction("broken", { code: 'def main():\n    raise ValueError("no rows")\n' });
  expect((await seed.run("broken", broken.id)).state).toBe("ERROR");
  const slow = await startRun(seed, await runnable(seed, "slow", "slow"));
  await reached(seed, slow.id, "RUNNING");

  await open(page, server, `?name=${seed.project}`, "Projects");
  const mine = row(page, seed.project);
  const running = mine.getByRole("link", { name: `1 run running in ${seed.project}` });
  const failed = mine.getByRole("link", { name: `1 run failed in 24 hours in ${seed.project}` });
  await expect(running).toBeVisible();
  await expect(failed).toHaveText("1");
  await expect(mine).toContainText("Administrator");
  await expect(mine).toContainText("anonymous");
  expect(calls.filter((call) => call.includes("/projects"))).toHaveLength(1);
  await expectAccessible(page);

  await seed.post(`-/${seed.project}/runs/${slow.id}/stop`, {});
  await expect(running).toBeHidden();
  const fresh = `${seed.project}-later`;
  await seed.createProject(fresh);
  await expect(row(page, fresh)).toBeVisible();

  await page.getByRole("button", { name: /^Label/ }).click();
  await page.getByRole("combobox", { name: "Label" }).fill("ml");
  await page.getByRole("combobox", { name: "Label" }).press("Enter");
  await page.keyboard.press("Escape");
  await expect(row(page, labelled)).toBeVisible();
  await expect(mine).toBeHidden();
  await expect(page).toHaveURL(/label=ml/);
  await page.goBack();
  await expect(mine).toBeVisible();
  await chooseFilter(page, "Owner", "anonymous");
  await expect(page).toHaveURL(/owner=anonymous/);
  await expect(mine).toBeVisible();
  await open(page, server, `?name=${seed.project}&owner=nobody`, "Projects");
  await page.getByRole("search", { name: "Filters" }).getByRole("button", { name: "Clear filters" }).click();

  await mine.getByRole("link", { name: /failed in 24 hours/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Runs" })).toBeVisible();
  await expect(page).toHaveURL(/state=ERROR/);
  await expect(page.getByRole("grid").getByRole("row").filter({ hasText: "broken" })).toHaveCount(1);
});
