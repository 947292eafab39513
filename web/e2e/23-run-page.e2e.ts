import { expectAccessible } from "./axe.ts";
import { createDataItem, type MadeRun, reached, runnable, startRun } from "./runs-seed.ts";
import { expect, open, row, test } from "./steps.ts";

interface Told {
  status: {
    transitions: { status: string; time: string }[];
    durations: { queued: number; starting: number; running: number; total: number };
  };
}

const words: Record<string, string> = {
  CREATED: "Created",
  BUILT: "Prepared",
  READY: "Queued",
  PENDING: "Starting",
  RUNNING: "Running",
  COMPLETED: "Succeeded",
};

test("23 the page of a run tells its states and where its time went; labels change neither", async ({
  page,
  server,
  seed,
  calls,
}) => {
  const fn = await runnable(seed, "train", "train");
  const run = await startRun(seed, fn, { parameters: { epochs: 3 } });
  await reached(seed, run.id, "COMPLETED");
  await open(page, server, `p/${seed.project}/runs`, "Runs");
  calls.length = 0;
  await row(page, run.name).getByRole("link", { name: run.name, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: run.name })).toBeFocused();
  const { status } = await seed.read<Told>(`-/${seed.project}/runs/${run.id}`);
  // The server tells the newest first.
  const told = status.transitions.toReversed().map((each) => new RegExp(`^${words[each.status] ?? each.status}`));
  const timeline = page.getByRole("list", { name: "States of the run" });
  await expect(timeline.getByRole("listitem")).toHaveText(told);
  expect(calls.filter((call) => call.includes("/-/") && !call.includes("/events")).length).toBeLessThanOrEqual(3);

  const { queued, starting, running, total } = status.durations;
  expect(Math.abs(queued + starting + running - total)).toBeLessThan(0.002);
  await page.getByRole("tab", { name: "Events" }).click();
  const phases = page.getByRole("tabpanel", { name: "Events" }).getByRole("table");
  await expect(phases.getByRole("row")).toHaveCount(5);
  const whole = await phases.getByRole("row", { name: /^In all/ }).textContent();
  await page.getByRole("button", { name: "Full", exact: true }).click();
  await expect(phases.getByRole("row")).toHaveCount(told.length + 1);
  await expectAccessible(page);

  await page.getByRole("tab", { name: "Summary" }).click();
  await page.getByRole("button", { name: "Edit labels" }).click();
  await page
    .getByRole("combobox", { name: "Labels" })
    .or(page.getByRole("textbox", { name: "Labels" }))
    .fill("kept");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("tabpanel", { name: "Summary" })).toContainText("kept");
  await expect
    .poll(
      async () =>
        (await seed.read<{ metadata: { labels?: string[] } }>(`-/${seed.project}/runs/${run.id}`)).metadata.labels,
    )
    .toEqual(["kept"]);
  await page.getByRole("tab", { name: "Events" }).click();
  await expect(phases.getByRole("row", { name: /^In all/ })).toHaveText(whole ?? "");

  for (const name of ["Inputs & outputs", "Metrics", "Resources", "Spec", "Code"]) {
    await page.getByRole("tab", { name }).click();
    await expect(page.getByRole("tabpanel", { name })).toBeVisible();
  }
  await expect(page.getByRole("tabpanel", { name: "Code" })).toContainText("def main");
  await page.goBack();
  await expect(page.getByRole("tab", { name: "Spec" })).toHaveAttribute("aria-selected", "true");

  await page.getByRole("link", { name: "train @v1" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "train" })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`v=${fn.split(":").at(-1) ?? ""}`));
});

test("23 labels that are being edited at one run are not those of the next", async ({ page, server, seed }) => {
  const fn = await runnable(seed, "train", "train");
  const [first, second] = [await startRun(seed, fn), await startRun(seed, fn)];
  await reached(seed, first.id, "COMPLETED");
  await reached(seed, second.id, "COMPLETED");
  await open(page, server, `p/${seed.project}/runs/${first.id}`, first.name);
  await page.getByRole("button", { name: "Edit labels" }).click();
  const labels = page.getByRole("combobox", { name: "Labels" }).or(page.getByRole("textbox", { name: "Labels" }));
  await labels.fill("half typed");
  await page.keyboard.press("Control+k");
  const typed = page.getByRole("combobox", { name: "Search and commands" });
  await typed.fill(second.name);
  await page.getByRole("option", { name: new RegExp(`^${second.name}`) }).click();
  await expect(page.getByRole("heading", { level: 1, name: second.name })).toBeFocused();
  await expect(page.getByRole("button", { name: "Edit labels" })).toBeVisible();
  await expect(labels).toHaveCount(0);
});

test("23 the list has the last values of metrics; a run's lineage leads to what it executed and read", async ({
  page,
  server,
  seed,
  calls,
}) => {
  const cities = await createDataItem(seed, "cities");
  const run = await startRun(seed, await runnable(seed, "train", "anything"), { inputs: { dataset: cities } });
  await reached(seed, run.id, "COMPLETED");
  await seed.put(`-/${seed.project}/runs/${run.id}/metrics/loss`, [0.9, 0.5, 0.31]);
  await seed.put(`-/${seed.project}/runs/${run.id}/metrics/accuracy`, 0.93);
  await open(page, server, `p/${seed.project}/runs`, "Runs");
  await expect(row(page, run.name)).toContainText("accuracy 0.93 · loss 0.31");
  expect(calls.filter((call) => call.includes("/metrics"))).toEqual([]);
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("menuitemcheckbox", { name: /loss/ }).click();
  await page.keyboard.press("Escape");
  await expect(row(page, run.name).getByRole("gridcell", { name: "0.31", exact: true })).toBeVisible();

  await row(page, run.name).getByRole("link", { name: run.name, exact: true }).click();
  await expect(page.getByRole("tab", { name: "Extensions" })).toHaveCount(0);
  await page.getByRole("tab", { name: "Lineage" }).click();
  const lineage = page.getByRole("table", { name: "Lineage" });
  await expect(lineage.getByRole("row", { name: /^reads/ })).toContainText("cities");
  await expect(lineage.getByRole("row", { name: /^executes/ })).toContainText("train");
  await expectAccessible(page);
  await lineage.getByRole("link", { name: "cities" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "cities" })).toBeVisible();
});

test("23 a run that is gone says so, and a run that is deleted leaves for the list", async ({
  page,
  server,
  seed,
  guard,
}) => {
  guard.errors.push(/status of 404/);
  const run = await startRun(seed, await runnable(seed, "train", "train"));
  await reached(seed, run.id, "COMPLETED");
  await page.goto(`${server.console}p/${seed.project}/runs/nowhere`);
  await expect(page.getByRole("heading", { level: 1, name: "Not found" })).toBeVisible();
  await open(page, server, `p/${seed.project}/runs/${run.id}`, run.name);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expectAccessible(page);
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Runs" })).toBeVisible();
  await expect(row(page, run.name)).toHaveCount(0);
  expect((await seed.read<{ content: MadeRun[] }>(`-/${seed.project}/runs`)).content).toEqual([]);

  const other = await startRun(seed, await runnable(seed, "again", "train"));
  await reached(seed, other.id, "COMPLETED");
  await open(page, server, `p/${seed.project}/runs/${other.id}`, other.name);
  await expect(page.getByRole("banner").getByText("Live", { exact: true })).toBeVisible();
  await seed.remove(`-/${seed.project}/runs/${other.id}`);
  await expect(page.getByRole("paragraph").filter({ hasText: "This run has been deleted." })).toBeVisible();
  await expectAccessible(page);
});
