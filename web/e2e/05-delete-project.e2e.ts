import { reached, runnable, startRun } from "./runs-seed.ts";
import { expect, open, row, test, toast } from "./steps.ts";

test("5 a project is deleted after its name was typed; what goes is counted", async ({ page, server, seed }) => {
  const [hello = ""] = await seed.createVersions("hello", 2);
  await seed.createFunction("train");
  await seed.schedule("yearly", "hello", hello, "@yearly");
  expect((await seed.run("hello", hello)).state).toBe("COMPLETED");
  const slow = await startRun(seed, await runnable(seed, "slow", "slow"));
  await reached(seed, slow.id, "RUNNING");
  await seed.createTable("cities");
  await open(page, server, `?name=${seed.project}`, "Projects");
  const opener = row(page, seed.project).getByRole("button", { name: `Delete project ${seed.project}` });
  await opener.click();
  const dialog = page.getByRole("dialog", { name: `Delete project ${seed.project}` });
  await expect(dialog.getByRole("listitem")).toHaveText([
    "3 functions with all versions",
    "2 runs with their logs",
    "1 of them still runs: its process is ended",
    "1 data item",
    "1 trigger",
  ]);

  const submit = dialog.getByRole("button", { name: "Delete project" });
  await expect(submit).toHaveAttribute("aria-disabled", "true");
  await expect(submit).toHaveAccessibleDescription(`Type ${seed.project} first.`);
  await page.keyboard.press("Escape");
  await expect(opener).toBeFocused();

  await opener.click();
  await dialog.getByRole("textbox", { name: `Type ${seed.project} to confirm` }).fill(seed.project);
  await expect(submit).not.toHaveAttribute("aria-disabled");
  await submit.click();
  await expect(toast(page, `Project ${seed.project} was deleted.`)).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, name: "Projects" })).toBeVisible();
  await expect(row(page, seed.project)).toHaveCount(0);

  await open(page, server, `p/${seed.project}`, "Not found");
  expect((await seed.get(`projects/${seed.project}`)).status).toBe(404);
});
