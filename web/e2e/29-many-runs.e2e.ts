import type { Page } from "@playwright/test";
import { type MadeRun, runnable, seedRuns } from "./runs-seed.ts";
import { expect, open, row, test } from "./steps.ts";

/** How many elements the page holds. */
const nodes = (page: Page) => page.evaluate(() => document.querySelectorAll("*").length);
const reads = (calls: readonly string[]) => calls.filter((call) => call.includes("/-/") && !call.includes("/events"));

test("29 ten thousand runs: few calls, few elements, the oldest by one key; a burst of changes drops no letter", async ({
  page,
  server,
  seed,
  calls,
}) => {
  test.setTimeout(180_000);
  const fn = await runnable(seed, "train", "train");
  await seedRuns(server, seed, fn, 10_000);
  await open(page, server, `p/${seed.project}/runs`, "Runs");
  const grid = page.getByRole("grid", { name: "Runs" });
  await expect(grid).toHaveAttribute("aria-rowcount", "10001");
  await expect(page.getByRole("search", { name: "Filters" })).toContainText("10,000 runs");
  // The stream may still tell of the newest runs, which are then read again by their ids.
  const drawing = new Set(reads(calls).filter((call) => !/[?&]id=/.test(call)));
  expect(drawing.size).toBeLessThanOrEqual(3);
  expect(await nodes(page)).toBeLessThan(3000);
  // Each row that comes into sight costs what it is made of.
  const parts = await grid
    .getByRole("row")
    .nth(1)
    .evaluate((each) => each.querySelectorAll("*").length);
  expect(parts).toBeLessThanOrEqual(40);

  const { content } = await seed.read<{ content: MadeRun[] }>(`-/${seed.project}/runs?size=1&sort=created,asc`);
  const oldest = content[0]?.name ?? "";
  await grid.getByRole("row").nth(1).focus();
  await page.keyboard.press("End");
  await expect(row(page, oldest)).toBeVisible({ timeout: 60_000 }); // twenty pages come first
  await expect(row(page, oldest)).toBeFocused();
  expect(await nodes(page)).toBeLessThan(3000);
  // Every page once: a small one, then large ones.
  const pages = reads(calls).filter((call) => call.includes("cursor="));
  expect(pages.length).toBe(Math.ceil((10_000 - 100) / 500));
  for (let turn = 0; turn < 20; turn++) {
    // oxlint-disable-next-line no-await-in-loop -- one turn of the wheel after the other
    await page.mouse.wheel(0, turn % 2 === 0 ? -20_000 : 9000);
    // oxlint-disable-next-line no-await-in-loop
    expect(await nodes(page)).toBeLessThan(3000);
  }

  // Rows that fly by are drawn without what is acted on; those that stand still have all of it.
  const plain = () => page.locator("main [data-row-id]:not(:has(input)), main [data-row-id]:not(:has(a))").count();
  await expect.poll(plain).toBe(0);

  // Back by the menu, when the rows and what scrolls come at once.
  const menu = page.getByRole("navigation");
  await menu.first().getByRole("link", { name: "Triggers" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Triggers" })).toBeVisible();
  await menu.first().getByRole("link", { name: "Runs" }).click();
  await expect(grid.getByRole("row").nth(1)).toBeVisible();

  calls.length = 0;
  await page
    .getByRole("searchbox")
    .or(page.getByPlaceholder("Filter by name or id"))
    .fill(content[0]?.id ?? "");
  await expect(grid).toHaveAttribute("aria-rowcount", "2");
  await expect(row(page, oldest)).toBeVisible();
  expect(reads(calls).length).toBeLessThanOrEqual(3);
});

test("29 two hundred changes a second for seconds drop no letter that is typed meanwhile", async ({
  page,
  server,
  seed,
  calls,
}) => {
  const fn = await runnable(seed, "train", "train");
  await open(page, server, `p/${seed.project}/runs`, "Runs");
  await expect(page.getByRole("banner").getByText("Live", { exact: true })).toBeVisible();
  const box = page.getByPlaceholder("Filter by name or id");
  await box.focus();
  calls.length = 0;
  let rains = true;
  const burst = seedRuns(server, seed, fn, 1000).finally(() => {
    rains = false;
  });
  let text = "";
  for (const letter of "nothing is called like this while runs rain ".repeat(20)) {
    if (!rains && text.length > 40) break;
    text += letter;
    // oxlint-disable-next-line no-await-in-loop -- one letter after the other, as long as it rains
    await page.keyboard.type(letter, { delay: 20 });
  }
  await burst;
  await expect(box).toBeFocused();
  await expect(box).toHaveValue(text);
  await expect.poll(() => new URL(page.url()).searchParams.get("q")).toBe(text.trim());
  expect(await nodes(page)).toBeLessThan(3000);
  await box.fill("");
  const grid = page.getByRole("grid", { name: "Runs" });
  await expect(grid).toHaveAttribute("aria-rowcount", "1001");
  // Changes are read together: nowhere near one call each.
  expect(reads(calls).length).toBeLessThan(200);
});
