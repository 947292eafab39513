import { expectAccessible } from "./axe.ts";
import { store } from "./data-seed.ts";
import { chooseFilter, expect, names, open, row, test, toast } from "./steps.ts";

test("6 functions are filtered by name, kind and label; the URL holds it", async ({ page, server, seed }) => {
  await seed.createFunction("train", { labels: ["ml"] });
  await seed.createFunction("train-v2", { labels: ["ml", "new"] });
  await seed.createFunction("hello");
  await open(page, server, `p/${seed.project}/functions`, "Functions");
  await expect(names(page)).toHaveText(["hello", "train-v2", "train"]);

  const search = page.getByRole("searchbox", { name: "Filter by name" });
  await page.keyboard.press("/");
  await expect(search).toBeFocused();
  await page.keyboard.type("tra");
  await expect(names(page)).toHaveText(["train-v2", "train"]);
  await chooseFilter(page, "Kind", "Python function");
  await expect(page).toHaveURL(/\?(?=.*name=tra)(?=.*kind=python)/);
  await expect(names(page)).toHaveText(["train-v2", "train"]);

  await page.reload();
  await expect(names(page)).toHaveText(["train-v2", "train"]);
  await expect(search).toHaveValue("tra");

  await page.getByRole("button", { name: /^Label/ }).click();
  await page.getByRole("combobox", { name: "Label" }).fill("new");
  await page.getByRole("combobox", { name: "Label" }).press("Enter");
  await page.keyboard.press("Escape");
  await expect(names(page)).toHaveText(["train-v2"]);
  await expect(page.getByRole("status").filter({ hasText: "1 function" })).toBeVisible();

  await page.goBack();
  await expect(names(page)).toHaveText(["train-v2", "train"]);
  await expect(page).toHaveURL(/name=tra/);
  await expect(page).not.toHaveURL(/label=/);

  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(names(page)).toHaveText(["hello", "train-v2", "train"]);
  await expect(search).toHaveValue("");

  await search.fill("zebra");
  await expect(page.getByRole("heading", { name: "Nothing matches the filters" })).toBeVisible();
  await expect(page.getByText("Without filters there are 3.")).toBeVisible();
  await page.getByRole("main").getByRole("button", { name: "Clear filters" }).last().click();
  await expect(names(page)).toHaveText(["hello", "train-v2", "train"]);
});

test("6 an empty list teaches; functions are filtered by author and change, and labelled together", async ({
  page,
  context,
  server,
  seed,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, server, `p/${seed.project}/functions`, "Functions");
  await expect(page.getByRole("list", { name: "Ways to begin" }).getByRole("listitem")).toHaveCount(3);
  await expect(page.getByText(`dhub run hello.py:main --project ${seed.project}`)).toBeVisible();
  await page.setViewportSize({ width: 320, height: 640 });
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  await page.setViewportSize({ width: 1280, height: 800 });

  await seed.createFunction("train", { labels: ["ml"] });
  await seed.createFunction("hello");
  await expect(names(page)).toHaveText(["hello", "train"]);
  await page.getByRole("button", { name: /^Author/ }).click();
  await page.getByRole("combobox", { name: "Author" }).fill("nobody");
  await page.getByRole("combobox", { name: "Author" }).press("Enter");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("heading", { name: "Nothing matches the filters" })).toBeVisible();
  await page.getByRole("button", { name: "Remove filter Author" }).click();
  await chooseFilter(page, "Updated", "Last 24h");
  await expect(page).toHaveURL(/updated=24h/);
  await expect(names(page)).toHaveText(["hello", "train"]);
  await page.getByRole("button", { name: "Copy as API query" }).click();
  await expect(toast(page, "Copied")).toBeVisible();
  const address = new URL(await page.evaluate(() => navigator.clipboard.readText()));
  const answer = (await seed.get(`${address.pathname}${address.search}`.replace("/api/v1/", ""))).body;
  expect(answer).toMatchObject({ content: [{ name: "hello" }, { name: "train" }] });
  await expectAccessible(page);

  await names(page).first().press("x");
  await row(page, "train").getByRole("checkbox").check();
  await page.getByRole("button", { name: "Label", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Label 2 rows" });
  await dialog.getByRole("combobox", { name: "Labels" }).fill("demo");
  await dialog.getByRole("combobox", { name: "Labels" }).press("Enter");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Add labels" }).click();
  await expect(toast(page, "2 were labelled.")).toBeVisible();
  await expect(row(page, "train")).toContainText("demo");
  await expect(row(page, "hello")).toContainText("demo");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row(page, "hello")).not.toContainText("demo");
  await expect(row(page, "train")).not.toContainText("demo");
  await expect(row(page, "train")).toContainText("ml");
});

test("6 data items are filtered, exported and labelled together, and edited by a key", async ({
  page,
  server,
  seed,
}) => {
  await open(page, server, `p/${seed.project}/dataitems`, "Data items");
  await expect(page.getByRole("list", { name: "Ways to begin" }).getByRole("listitem")).toHaveCount(3);
  const of = (name: string) =>
    ({ material: "dataitems", name, kind: "table", files: { "c.csv": "name\nRome\n" } }) as const;
  await store(seed, of("cities"));
  await store(seed, of("rivers"));
  await page.goto(`${server.console}p/${seed.project}/dataitems?updated=2000-01-01/2000-01-02`);
  await expect(page.getByText("Without filters there are 2.")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).first().click();
  await expect(row(page, "cities")).toBeVisible();
  await row(page, "cities").getByRole("checkbox").check();
  await row(page, "rivers").getByRole("checkbox").check();
  const file = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  expect((await file).suggestedFilename()).toBe("dataitems.yaml");
  await page.getByRole("button", { name: "Label", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Label 2 rows" });
  await dialog.getByRole("combobox", { name: "Labels" }).fill("geo");
  await dialog.getByRole("combobox", { name: "Labels" }).press("Enter");
  await dialog.getByRole("button", { name: "Add labels" }).click();
  await expect(row(page, "rivers")).toContainText("geo");
  await expect(row(page, "cities")).toContainText("geo");
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Path" }).click();
  await page.keyboard.press("Escape");
  await expect(row(page, "cities")).toContainText(/s3:|file:|store:/);
  await row(page, "cities").getByRole("checkbox").press("e");
  await expect(page.getByRole("heading", { level: 1, name: "Edit cities" })).toBeVisible();
});
