// What a table lets people do with its columns: order by several, move, widen, hide; and rows where there is no room.
import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./axe.ts";
import { expect, names, open, row, test } from "./steps.ts";

interface Listed {
  content: { name: string; kind: string }[];
}

const grid = (page: Page, name: string) => page.getByRole("grid", { name });
const firstRow = (page: Page, name: string) => grid(page, name).getByRole("row").nth(1);
const headers = (page: Page, name: string) => grid(page, name).getByRole("columnheader");
const header = (page: Page, list: string, name: string) =>
  grid(page, list)
    .getByRole("columnheader")
    .filter({ has: page.getByRole("button", { name: `Sort by ${name}` }) });
const widthOf = async (of: Locator) => Math.round((await of.boundingBox())?.width ?? Number.NaN);

/** Opens the dialog behind the chooser of columns. */
async function arrange(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("menuitem", { name: "Arrange and sort" }).click();
  return page.getByRole("dialog", { name: "Arrange and sort" });
}

test("a list is ordered by two keys, with Shift and by the dialog, as the API orders it", async ({
  page,
  server,
  seed,
}) => {
  for (const [name, kind] of [
    ["delta", "table"],
    ["alpha", "dataitem"],
    ["charlie", "table"],
    ["bravo", "dataitem"],
  ]) {
    const status = { state: "READY" };
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await seed.post(`-/${seed.project}/dataitems`, { name, kind, spec: { path: `s3://nowhere/${name}` }, status });
  }
  await open(page, server, `p/${seed.project}/dataitems`, "Data items");
  await expect(names(page)).toHaveText(["bravo", "charlie", "alpha", "delta"]);
  await expect(header(page, "Data items", "Updated")).toHaveAttribute("aria-sort", "descending");

  const sortBy = (name: string) => page.getByRole("button", { name: `Sort by ${name}` });
  await sortBy("Kind").click();
  await expect(page).toHaveURL(/sort=kind%2Casc$/);
  await sortBy("Name").click({ modifiers: ["Shift"] });
  await expect(page).toHaveURL(/sort=kind%2Casc&sort=name%2Casc$/);
  await sortBy("Name").click({ modifiers: ["Shift"] });
  await expect(page).toHaveURL(/sort=kind%2Casc&sort=name%2Cdesc/);
  const asked = `-/${seed.project}/dataitems?sort=kind,asc&sort=name,desc`;
  const expected = (await seed.read<Listed>(asked)).content.map(({ name }) => name);
  expect(expected).toEqual(["bravo", "alpha", "delta", "charlie"]);
  await expect(names(page)).toHaveText(expected);
  await expect(header(page, "Data items", "Kind")).toHaveAttribute("aria-sort", "ascending");
  await expect(sortBy("Kind")).toHaveAccessibleDescription("key 1, ascending");
  await expect(sortBy("Name")).toHaveAccessibleDescription("key 2, descending");
  await expectAccessible(page);
  await page.reload();
  await expect(names(page)).toHaveText(expected);

  // The keyboard has the same, and the dialog has all of it.
  await sortBy("Kind").focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/sort=kind%2Cdesc$/);
  const dialog = await arrange(page);
  await expectAccessible(page);
  await dialog.getByRole("group", { name: "Then by" }).getByRole("button", { name: "Name" }).press("Enter");
  await expect(page).toHaveURL(/sort=kind%2Cdesc&sort=name%2Casc/);
  await dialog.getByRole("button", { name: "Kind: descending, change to ascending" }).press("Enter");
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await expect(names(page)).toHaveText(["alpha", "bravo", "charlie", "delta"]);
  await page.goBack();
  await expect(names(page)).toHaveText(["charlie", "delta", "alpha", "bravo"]);
});

test("columns are moved, widened and reset; rows are made higher; a reload keeps it", async ({
  page,
  server,
  seed,
}) => {
  const { id } = await seed.createFunction("hello");
  await seed.run("hello", id);
  await open(page, server, `p/${seed.project}/runs`, "Runs");
  const first = ["State", "Run", "Function", "Created", "Duration"];
  const heads = () => headers(page, "Runs").filter({ hasText: /./ });
  await expect(heads()).toHaveText([...first, "By", "Why or metrics", "Actions"]);

  let dialog = await arrange(page);
  await dialog.getByRole("button", { name: "Move Duration before the one above" }).press("Enter");
  await dialog.getByRole("button", { name: "Move Duration before the one above" }).press("Enter");
  await dialog.getByRole("radio", { name: "Touch" }).check();
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await expect(heads()).toHaveText([
    "State",
    "Run",
    "Duration",
    "Function",
    "Created",
    "By",
    "Why or metrics",
    "Actions",
  ]);
  await header(page, "Runs", "State").dragTo(header(page, "Runs", "Function"));
  const moved = ["Run", "Duration", "Function", "State", "Created", "By", "Why or metrics", "Actions"];
  await expect(heads()).toHaveText(moved);

  const column = header(page, "Runs", "Function");
  const edge = column.getByRole("separator", { name: "Width of Function" });
  const usual = await widthOf(column);
  const box = await edge.boundingBox();
  await page.mouse.move((box?.x ?? 0) + 4, (box?.y ?? 0) + 4);
  await page.mouse.down();
  await page.mouse.move((box?.x ?? 0) + 64, (box?.y ?? 0) + 4, { steps: 4 });
  await page.mouse.up();
  await expect(edge).toHaveAttribute("aria-valuenow", String(usual + 60));
  expect(await widthOf(column)).toBe(usual + 60);
  await edge.focus();
  await page.keyboard.press("ArrowRight");
  await expect(edge).toHaveAttribute("aria-valuenow", String(usual + 76));
  await expectAccessible(page);

  await page.reload();
  await expect(heads()).toHaveText(moved);
  expect(await widthOf(column)).toBe(usual + 76);
  expect(Math.round((await firstRow(page, "Runs").boundingBox())?.height ?? 0)).toBe(48);
  await edge.dblclick();
  await expect.poll(() => widthOf(column)).not.toBe(usual + 76);

  dialog = await arrange(page);
  await dialog.getByRole("button", { name: "Reset columns" }).click();
  await dialog.getByRole("radio", { name: "Compact" }).check();
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await expect(heads()).toHaveText([...first, "By", "Why or metrics", "Actions"]);
  expect(Math.round((await firstRow(page, "Runs").boundingBox())?.height ?? 0)).toBe(32);
});

test("in a narrow window rows are stacked: nothing lies aside, keys and selection work", async ({
  page,
  server,
  seed,
}) => {
  const { id } = await seed.createFunction("hello", { labels: ["ml", "a-label-that-is-rather-long"] });
  await seed.run("hello", id);
  await seed.run("hello", id);
  const { id: train } = await seed.createFunction("train");
  await seed.schedule("nightly", "train", train, "0 2 * * *");
  await seed.createTable("cities");
  await seed.post(`-/${seed.project}/secrets`, {
    name: "token",
    kind: "secret",
    spec: { path: "secret://token", provider: "kubernetes" },
  });
  const lists = {
    runs: "Runs",
    functions: "Functions",
    triggers: "Triggers",
    dataitems: "Data items",
    secrets: "Secrets",
  };
  for (const [path, title] of Object.entries(lists)) {
    /* oxlint-disable no-await-in-loop -- one page after the other, each in one window and then in the other */
    await open(page, server, `p/${seed.project}/${path}`, title);
    await expect(names(page).first()).toBeVisible();
    for (const width of [320, 768]) {
      await page.setViewportSize({ width, height: 700 });
      const size = () => grid(page, title).evaluate((each) => [each.scrollWidth - each.clientWidth, innerWidth]);
      await expect.poll(size, `${path} at ${width}`).toEqual([0, width]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      const name = await firstRow(page, title).boundingBox();
      const cells = firstRow(page, title).getByRole("gridcell");
      const actions = await cells.last().boundingBox();
      for (const cell of await cells.filter({ visible: true }).all()) {
        const at = await cell.boundingBox();
        if (at === null || name === null || actions === null) continue;
        expect(at.x + at.width, `${path} at ${width}`).toBeLessThanOrEqual(name.x + name.width);
      }
      if (width === 320) await expectAccessible(page);
    }
    /* oxlint-enable no-await-in-loop */
  }
  await page.setViewportSize({ width: 320, height: 700 });
  await open(page, server, `p/${seed.project}/runs`, "Runs");
  const rows = grid(page, "Runs").getByRole("row");
  await rows.nth(1).focus();
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await page.keyboard.press("Shift+X");
  await expect(page.getByRole("toolbar", { name: "2 selected" })).toBeVisible();
  const filters = page.getByRole("search", { name: "Filters" });
  // Search and filters, and below of them one line: how many, and how the list is shown.
  expect((await filters.boundingBox())?.height).toBeLessThanOrEqual(80);
  await filters.getByRole("button", { name: "Timeline" }).click();
  await expect(page).toHaveURL(/view=timeline/);
  await open(page, server, `p/${seed.project}/functions`, "Functions");
  await expect(row(page, "hello")).toContainText("Python");
  await row(page, "hello").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "hello" })).toBeVisible();
});
