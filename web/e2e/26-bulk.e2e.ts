import { expectAccessible } from "./axe.ts";
import { type MadeRun, reached, runnable, startRun } from "./runs-seed.ts";
import { expect, open, row, test, toast } from "./steps.ts";

test("26 chosen runs are compared, labelled, run again and deleted together; an ended one says why it cannot be stopped", async ({
  page,
  server,
  seed,
}) => {
  const train = await runnable(seed, "train", "train");
  const ended = [await startRun(seed, train), await startRun(seed, train), await startRun(seed, train)];
  for (const run of ended) await reached(seed, run.id, "COMPLETED");
  const [first] = ended;
  if (first === undefined) throw new Error("no run was made");
  await open(page, server, `p/${seed.project}/runs/${first.id}`, first.name);
  await page.getByRole("button", { name: "More actions", exact: true }).click();
  const stop = page.getByRole("menuitem", { name: /^Stop/ });
  await expect(stop).toHaveAttribute("aria-disabled", "true");
  await expect(stop).toContainText("The run has ended.");
  await page.keyboard.press("Escape");
  await page.getByRole("tab", { name: "Resources" }).click();
  await expect(page.getByRole("region", { name: "Used" })).toContainText("Totals of the whole execution");
  await expectAccessible(page);

  await open(page, server, `p/${seed.project}/runs?function=train`, "Runs");
  await page.getByRole("checkbox", { name: `Select ${first.name}` }).check();
  const bar = page.getByRole("toolbar");
  await expect(bar.getByRole("button", { name: "Compare" })).toHaveAccessibleDescription(/at least two/);
  await page.getByRole("checkbox", { name: "Select all rows" }).check();
  await bar.getByRole("link", { name: "Compare" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Compare runs" })).toBeVisible();
  await page.goBack();

  await page.getByRole("checkbox", { name: "Select all rows" }).check();
  await bar.getByRole("button", { name: "Label" }).click();
  const labels = page.getByRole("dialog", { name: "Label 3 runs" });
  await expectAccessible(page);
  await labels.getByRole("combobox", { name: "Labels" }).fill("kept");
  await page.keyboard.press("Enter");
  await labels.getByRole("button", { name: "Add labels" }).click();
  await expect(toast(page, "3 runs were labelled.")).toBeVisible();
  for (const { id } of ended) {
    const { metadata } = await seed.read<{ metadata: { labels: string[] } }>(`-/${seed.project}/runs/${id}`);
    expect(metadata.labels).toEqual(["kept"]);
  }

  await expect(page.getByRole("checkbox", { name: "Select all rows" })).toBeChecked();
  await bar.getByRole("button", { name: "Rerun" }).click();
  await expect(toast(page, "3 runs were started.")).toBeVisible();
  await expect
    .poll(async () => {
      const { content } = await seed.read<{ content: MadeRun[] }>(`-/${seed.project}/runs?state=COMPLETED&size=10`);
      return content.length;
    })
    .toBe(6);

  for (const { name } of ended) await page.getByRole("checkbox", { name: `Select ${name}` }).check();
  await bar.getByRole("button", { name: "Delete" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete 3 runs" });
  await expect(dialog).toContainText("3 runs with their logs and metrics");
  await dialog.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(row(page, first.name)).toHaveCount(0);
  for (const { id } of ended)
    await expect.poll(async () => (await seed.get(`-/${seed.project}/runs/${id}`)).status).toBe(404);
});
