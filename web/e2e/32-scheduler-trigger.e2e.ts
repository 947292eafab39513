import { expectAccessible } from "./axe.ts";
import { expect, open, row, test, toast } from "./steps.ts";

test("32 a schedule is chosen by a preset, said in words with its next times, switched off and on", async ({
  page,
  server,
  seed,
}) => {
  await seed.createVersions("train", 2);
  await open(page, server, `p/${seed.project}/triggers`, "Triggers");
  await expect(page.getByRole("heading", { name: "No triggers yet" })).toBeVisible();
  await page.keyboard.press("c");
  await expect(page.getByRole("heading", { level: 1, name: "New trigger" })).toBeFocused();
  await page.getByRole("button", { name: "Create trigger" }).click();
  await expect(page.getByRole("textbox", { name: /^Name/ }).first()).toHaveAccessibleDescription(/needs a name/);
  await expect(page.getByText("Choose the function that it runs.")).toBeVisible();

  const when = page.getByRole("region", { name: "When" });
  const schedule = when.getByRole("textbox", { name: /^Schedule/ });
  await schedule.fill("every day");
  await expect(when.getByRole("status").filter({ hasText: "Five fields are needed" })).toBeVisible();
  await expectAccessible(page);
  await when.getByRole("combobox", { name: "Presets" }).selectOption("Every day at midnight");
  await expect(schedule).toHaveValue("@daily");
  await expect(when.getByRole("combobox", { name: /^Time zone/ })).toHaveValue("Europe/Rome");
  await expect(when.getByRole("status").filter({ hasText: /^every day at 00:00/ })).toBeVisible();
  const times = when.getByRole("list", { name: "Next times" }).getByRole("listitem");
  await expect(times).toHaveCount(5);
  // Midnight in Rome, in the zone of the browser.
  for (const time of await times.allTextContents()) expect(time).toMatch(/12:00:00 AM GMT\+[12]$/);

  await page.getByRole("textbox", { name: /^Name/ }).first().fill("nightly");
  const what = page.getByRole("region", { name: "What to run" });
  await what.getByRole("combobox", { name: "Function" }).selectOption("train");
  await expect(what.getByRole("combobox", { name: "Version" })).toContainText("v2 (latest)");
  await expect(what.getByRole("group", { name: "Settings of each run" })).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await page.getByRole("button", { name: "Restore" }).click();
  await expect(page.getByRole("textbox", { name: /^Name/ }).first()).toHaveValue("nightly");
  await page.getByRole("button", { name: "Create trigger" }).click();

  await expect(page.getByRole("heading", { level: 1, name: "nightly" })).toBeVisible();
  await expect(page.getByRole("region", { name: "When" })).toContainText("every day at 00:00, Europe/Rome");
  await expect(page.getByRole("list", { name: "Next times" }).getByRole("listitem")).toHaveCount(5);
  await expect(page.getByRole("region", { name: "Runs" })).toContainText("v2 (latest)");
  await page.getByRole("switch", { name: "nightly is on" }).click();
  await expect(toast(page, "nightly no longer fires.")).toBeVisible();
  await expect(page.getByText("None: the trigger is off")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("switch", { name: "nightly is on" })).toBeChecked();

  await page.keyboard.press("g");
  await page.keyboard.press("t");
  await expect(row(page, "nightly")).toContainText("every day");
  await expect(row(page, "nightly").getByRole("switch")).toBeChecked();
  await row(page, "nightly").getByRole("switch").click();
  await expect(row(page, "nightly").getByRole("switch")).not.toBeChecked();
  const { body } = await seed.get(`-/${seed.project}/triggers`);
  expect(body).toMatchObject({
    content: [
      {
        name: "nightly",
        status: { state: "STOPPED" },
        spec: { schedule: "@daily", timezone: "Europe/Rome", template: {} },
      },
    ],
  });
});

test("32 a run that a schedule fired is in the trigger's list, and names the trigger", async ({
  page,
  server,
  seed,
}) => {
  const { id: version } = await seed.createFunction("train");
  const trigger = await seed.schedule("often", "train", version, "0/2 * * * * ?");
  await open(page, server, `p/${seed.project}/triggers/${trigger}?tab=runs`, "often");
  const fired = page.getByRole("grid", { name: "Runs that it fired" });
  const done = fired.getByRole("row").filter({ hasText: "Succeeded" });
  await expect(done.first()).toBeVisible();
  await page.getByRole("switch", { name: "often is on" }).click();
  await expect(page.getByRole("switch", { name: "often is on" })).not.toBeChecked();
  await expect(done.first()).toContainText("0/2 * * * * ?");
  await expectAccessible(page);
  await done.first().getByRole("link").first().click();
  await expect(page).toHaveURL(/\/runs\//);
  await expect(page.getByRole("main")).toContainText("often");

  // The form stands on the newest run, which has the schedule of none: another run can be made of it.
  await page.getByRole("link", { name: "Clone" }).click();
  await page.getByRole("button", { name: "Create and open" }).click();
  await expect(page).toHaveURL(/\/runs\/[^/]+\/logs$/);
});

test("32 what a trigger runs is changed by another in its place; its words are changed in place", async ({
  page,
  server,
  seed,
}) => {
  const [first] = await seed.createVersions("train", 2);
  const id = await seed.schedule("weekly", "train", first ?? "", "@weekly");
  await open(page, server, `p/${seed.project}/triggers/${id}`, "weekly");
  await expect(page.getByRole("region", { name: "Runs" })).toContainText("v1; the latest is v2");
  await page.keyboard.press("e");
  await expect(page.getByRole("heading", { level: 1, name: "Edit trigger weekly" })).toBeVisible();
  await page.getByRole("textbox", { name: "Description" }).fill("On Sundays");
  await expect(page.getByText("Description and labels are changed in place.")).toBeVisible();
  await page.getByRole("button", { name: "Update metadata" }).click();
  await expect(page).toHaveURL(new RegExp(`/triggers/${id}$`));
  await expect(page.getByText("On Sundays")).toBeVisible();

  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByRole("combobox", { name: "Version" }).selectOption("v2 (latest)");
  await expect(page.getByText(/a new trigger takes its place/)).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Replace trigger" }).click();
  await expect(page.getByRole("region", { name: "Runs" })).toContainText("v2 (latest)");
  const { body } = await seed.get(`-/${seed.project}/triggers`);
  const { content } = body as { content: { id: string; name: string; metadata: { description?: string } }[] };
  expect(content).toHaveLength(1);
  expect(content[0]).toMatchObject({ name: "weekly", metadata: { description: "On Sundays" } });
  expect(content[0]?.id).not.toBe(id);

  await page.getByRole("button", { name: /^More actions/ }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete trigger weekly" });
  await expect(dialog.getByRole("listitem")).toHaveText([
    "weekly, which fires no more",
    "No runs: it has not fired yet",
  ]);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("heading", { name: "No triggers yet" })).toBeVisible();
});

test("32 what somebody else saved of a trigger meanwhile is shown beside what was typed", async ({
  page,
  server,
  seed,
}) => {
  const { id: version } = await seed.createFunction("train");
  const id = await seed.schedule("weekly", "train", version, "@weekly");
  await open(page, server, `p/${seed.project}/triggers/${id}/edit`, "Edit trigger weekly");
  const description = page.getByRole("textbox", { name: "Description" });
  await description.fill("Mine");
  const path = `-/${seed.project}/triggers/${id}`;
  const doc = await seed.read<{ metadata: object }>(path);
  await seed.put(path, { ...doc, metadata: { ...doc.metadata, description: "Theirs", labels: ["team"] } });
  await page.getByRole("button", { name: "Update metadata" }).click();
  const conflict = page.getByRole("region", { name: "Somebody else saved meanwhile" });
  await expect(conflict).toContainText("One place was changed by both.");
  const place = conflict.getByRole("row").filter({ hasText: "/metadata/description" });
  await expect(place).toContainText("Mine");
  await expect(place).toContainText("Theirs");
  await expect(conflict.getByRole("row").filter({ hasText: "/metadata/labels" })).toContainText("team");
  await expectAccessible(page);
  expect(await seed.read(path)).toMatchObject({ metadata: { description: "Theirs" } });
  await conflict.getByRole("button", { name: "Continue with this" }).click();
  await expect(description).toHaveValue("Mine");
  await page.getByRole("button", { name: "Update metadata" }).click();
  await expect(page).toHaveURL(new RegExp(`/triggers/${id}$`));
  expect(await seed.read(path)).toMatchObject({ metadata: { description: "Mine", labels: ["team"] } });
});
