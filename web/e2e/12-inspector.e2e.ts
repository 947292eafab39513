import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { expectAccessible } from "./axe.ts";
import { expect, open, test } from "./steps.ts";

test("12 the inspector shows the API's document, folds, searches, copies, and gives the focus back", async ({
  page,
  context,
  server,
  seed,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { id } = await seed.createFunction("hello", { labels: ["etl"] });
  await open(page, server, `p/${seed.project}/functions/hello`, "hello");
  const button = page.getByRole("button", { name: "Inspector" });
  await button.click();
  const dialog = page.getByRole("dialog", { name: "Inspector" });
  const tree = dialog.getByRole("tree", { name: "hello" });
  await expect(tree.getByRole("treeitem").filter({ hasText: /^id:/ })).toContainText(id);
  await expectAccessible(page);

  const metadata = tree.getByRole("treeitem", { level: 2 }).filter({ hasText: /^metadata:/ });
  await expect(metadata).toHaveAttribute("aria-expanded", "true");
  await metadata.click();
  await expect(metadata).toHaveAttribute("aria-expanded", "false");
  await dialog.getByRole("searchbox", { name: "Search" }).fill("etl");
  await expect(dialog.getByRole("status").filter({ hasText: /match/ })).toHaveText("1 match");
  await expect(tree.getByRole("treeitem").filter({ hasText: '"etl"' })).toBeVisible();

  await dialog.getByRole("button", { name: "Copy JSON" }).click();
  await expect(dialog.getByRole("status").filter({ hasText: "Copied" })).toBeVisible();
  const copied: unknown = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
  expect(copied).toEqual((await seed.get(`-/${seed.project}/functions/${id}`)).body);

  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(button).toBeFocused();
});

test("13 a version is exported as YAML that is the API's document", async ({ page, server, seed }) => {
  const { id } = await seed.createFunction("hello");
  await open(page, server, `p/${seed.project}/functions/hello`, "hello");
  await page.getByRole("button", { name: "More actions" }).click();
  const saving = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "Export as YAML" }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toBe("function-hello.yaml");
  const text = readFileSync(await file.path(), "utf8");
  expect(parse(text)).toEqual((await seed.get(`-/${seed.project}/functions/${id}`)).body);
});
