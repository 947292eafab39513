import { expectAccessible } from "./axe.ts";
import { expect, open, test } from "./steps.ts";

test("3 a new project shows its first steps, and each is done by itself when it happens", async ({
  page,
  server,
  seed,
  calls,
}) => {
  await open(page, server, `p/${seed.project}`, seed.project);
  const steps = page.getByRole("region", { name: "Begin here" }).getByRole("listitem");
  await expect(steps).toHaveText([/^Create a function/, /^Run it/, /^Look at what came of it/, /^Schedule it/]);
  await expect(steps.nth(0).getByRole("link", { name: "Choose a template" })).toBeVisible();
  await expect(steps.nth(1).getByRole("button", { name: "Run" })).toHaveAccessibleDescription(
    "The step before comes first.",
  );
  expect(calls.filter((call) => call.includes("/-/") && !call.includes("/events"))).toHaveLength(1);

  await expect(page.getByRole("banner").getByText("Live", { exact: true })).toBeVisible();
  const [id] = await seed.createVersions("hello", 1);
  await expect(steps.nth(0)).toContainText("done");
  await expect(steps.nth(1).getByRole("link", { name: "Run" })).toHaveAttribute("href", /functions\/hello\/run$/);
  const run = await seed.run("hello", id ?? "");
  await expect(steps.nth(1)).toContainText("done");
  await expect(steps.nth(2).getByRole("link", { name: "Open the run" })).toHaveAttribute("href", new RegExp(run.id));
  await expect(page.getByText("Nothing needs attention.")).toBeVisible();
  await expect(page.getByRole("img", { name: "hello: 1 run, 1 Succeeded" })).toBeVisible();
});

test("3 the overview says what failed, counts runs, and leads to those of a part of the time", async ({
  page,
  server,
  seed,
}) => {
  const broken = await seed.createFunction("train", { code: 'def main():\n    raise ValueError("no recordings")\n' });
  const [hello] = await seed.createVersions("hello", 1);
  expect((await seed.run("hello", hello ?? "")).state).toBe("COMPLETED");
  const failed = await seed.run("train", broken.id);
  expect(failed.state).toBe("ERROR");

  await open(page, server, `p/${seed.project}`, seed.project);
  const alarm = page.getByRole("region", { name: /^Needs attention/ }).getByRole("listitem");
  await expect(alarm).toHaveCount(1);
  await expect(alarm).toContainText("no recordings");
  await expect(alarm.getByRole("link", { name: "Open run train" })).toHaveAttribute("href", new RegExp(failed.id));
  await expect(alarm.getByRole("link", { name: "Run again… train" })).toHaveAttribute(
    "href",
    new RegExp(`functions/train/run\\?from=${failed.id}`),
  );
  const runs = page.getByRole("region", { name: "Runs", exact: true });
  await expect(runs.getByRole("link", { name: "Succeeded: 1 run" })).toHaveAttribute(
    "href",
    /runs\?state=COMPLETED&since=24h/,
  );
  await expect(runs.getByRole("link", { name: "Failed: 1 run" })).toBeVisible();
  await expect(runs.getByText("2 runs")).toBeVisible();

  await runs.getByRole("slider", { name: "To" }).focus();
  await page.keyboard.press("ArrowLeft");
  await expect(runs.getByText("0 runs")).toBeVisible();
  await expect(runs.getByRole("link", { name: "Show these runs" })).toHaveAttribute("href", /since=20.*until=20/);
  await expectAccessible(page);

  await page.getByRole("link", { name: "7 days" }).click();
  await expect(page).toHaveURL(/\?span=7d$/);
  await expect(runs.getByText("2 runs")).toBeVisible();
  await page.goBack();
  await expect(page).not.toHaveURL(/span/);
});
