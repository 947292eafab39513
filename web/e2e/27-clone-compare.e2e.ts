import { expectAccessible } from "./axe.ts";
import { type MadeRun, runnable, startRun, reached } from "./runs-seed.ts";
import { expect, open, test } from "./steps.ts";

test("27 rerun makes an equal specification in one action; a clone marks what was changed", async ({
  page,
  server,
  seed,
}) => {
  const run = await startRun(seed, await runnable(seed, "train", "train"), { parameters: { epochs: 3 } });
  await reached(seed, run.id, "COMPLETED");
  await open(page, server, `p/${seed.project}/runs/${run.id}`, run.name);
  await page.getByRole("button", { name: "Rerun", exact: true }).click();
  await expect(page).not.toHaveURL(new RegExp(run.id));
  const again = /runs\/([^/]+)\/logs/.exec(page.url())?.[1] ?? "";
  const made = (await seed.get(`-/${seed.project}/runs/${again}`)).body as MadeRun;
  expect(made.spec["parameters"]).toEqual({ epochs: 3 });
  expect(made.spec["function"]).toEqual(run.spec["function"]);
  await page.getByRole("link", { name: "Clone" }).click();
  await expect(page.getByText(`Nothing differs from ${made.name}.`)).toBeVisible();
  await page.getByRole("textbox", { name: "epochs" }).fill("7");
  await expect(page.getByText("3 → 7")).toBeVisible();
  await page.getByRole("button", { name: "Create and open" }).click();
  await expect(page).toHaveURL(/\/runs\/[^/]+\/logs$/);
});

test("28 runs are compared: what differs, from which baseline, and as the address says", async ({
  page,
  server,
  seed,
}) => {
  const fn = await runnable(seed, "train", "train");
  const made = [1, 2, 2].map((epochs) => startRun(seed, fn, { parameters: { epochs, same: true } }));
  const list = await Promise.all(made);
  for (const [n, run] of list.entries()) {
    await reached(seed, run.id, "COMPLETED");
    await seed.put(`-/${seed.project}/runs/${run.id}/metrics/loss`, [3 - n, 2 - n / 2, 1]);
    await seed.put(`-/${seed.project}/runs/${run.id}/metrics/accuracy`, [0.1, 0.5, 0.8 + n / 100]);
  }
  await open(page, server, `p/${seed.project}/compare/runs?ids=${list.map((run) => run.id).join(",")}`, "Compare runs");
  const table = page.getByRole("region", { name: "Compare runs" }).getByRole("table");
  await expect(table.getByRole("row", { name: /^epochs/ })).toHaveText("epochs122");
  await expect(table.getByRole("row", { name: /^same/ })).toHaveCount(0);
  await expectAccessible(page);
  await page.getByRole("checkbox", { name: "Differences only" }).uncheck();
  await expect(table.getByRole("row", { name: /^same/ })).toBeVisible();
  await page.getByRole("button", { name: `Make ${list[1]?.name ?? ""} the baseline` }).click();
  await expect(table.getByRole("row", { name: /^epochs/ })).toHaveText("epochs212");
  await page.reload();
  await expect(table.getByRole("row", { name: /^epochs/ })).toHaveText("epochs212");

  const charts = page.getByRole("region", { name: "Metrics" });
  const loss = charts.getByRole("figure", { name: "loss" });
  // The crosshair over one chart stands at the same step of the other.
  await charts.getByRole("figure", { name: "accuracy" }).locator(".u-over").hover();
  await expect(loss.locator(".u-legend .u-value").first()).toHaveText("1");
  await loss.getByRole("button", { name: "Show as table" }).click();
  await expect(loss.getByRole("table")).toContainText(list[0]?.name ?? "");
  await expect(loss.getByRole("row")).toHaveCount(4);
  await expect(charts.getByRole("figure", { name: "accuracy" })).toBeVisible();
  await expectAccessible(page);

  await page.getByLabel("Filter by field").fill("epochs");
  await expect(table.getByRole("row", { name: /^same/ })).toHaveCount(0);
  const started = page.waitForEvent("download");
  await page.getByRole("button", { name: "CSV" }).click();
  const chunks: Buffer[] = [];
  for await (const chunk of await (await started).createReadStream()) chunks.push(chunk as Buffer);
  const [head = "", ...rows] = Buffer.concat(chunks).toString().trim().split(/\r?\n/);
  expect(head).toContain(list[0]?.name ?? "");
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatch(/epochs.*2.*1.*2/);
});

test("28 who comes back from a comparison finds what was compared still selected", async ({ page, server, seed }) => {
  const { id } = await seed.createFunction("train");
  for (let n = 0; n < 3; n++) await seed.run("train", id);
  await open(page, server, `p/${seed.project}/runs`, "Runs");
  const boxes = page.getByRole("grid").getByRole("checkbox", { name: /^Select/ });
  await boxes.nth(1).check();
  await boxes.nth(2).check();
  await page.getByRole("link", { name: "Compare", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Compare runs" })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("row", { selected: true })).toHaveCount(2);
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Functions", exact: true }).first().click();
  await page.getByRole("link", { name: "Runs", exact: true }).first().click();
  await expect(boxes.nth(1)).toBeVisible();
  await expect(page.getByRole("row", { selected: true })).toHaveCount(0);
});
