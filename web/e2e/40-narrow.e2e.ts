// What small windows are given room for: a list begins in sight, nothing chosen goes out of it.
import { expectAccessible } from "./axe.ts";
import { expect, names, open, row, test } from "./steps.ts";

test("40 in a narrow window filters fold behind a button that says how many hold, with the keyboard alone", async ({
  page,
  server,
  seed,
}) => {
  const [id = ""] = await seed.createVersions("hello", 1);
  await seed.run("hello", id);
  await page.setViewportSize({ width: 320, height: 640 });
  await open(page, server, `p/${seed.project}/runs`, "Runs");
  await expect(page.getByRole("grid", { name: "Runs" }).getByRole("gridcell").first()).toBeInViewport();
  const filters = page.getByRole("search", { name: "Filters" });
  await expect(filters.getByRole("button", { name: /^State/ })).toBeHidden();
  await filters.getByRole("button", { name: "Filters", exact: true }).press("Enter");
  await filters.getByRole("button", { name: /^State/ }).press("Enter");
  await page.getByRole("menuitemcheckbox", { name: "Failed" }).press("Enter");
  await page.keyboard.press("Escape");
  const fold = filters.getByRole("button", { name: "Filters (1)" });
  await expect(fold).toHaveAttribute("aria-expanded", "true");
  await expect(page).toHaveURL(/state=ERROR/);
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(fold).toBeFocused();
  await expect(filters.getByRole("button", { name: /^State/ })).toBeHidden();
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect(fold).toBeHidden();
  await expect(filters.getByRole("button", { name: /^State/ })).toBeVisible();
});

test("40 at 768 px a row's last run is not below its actions, whose menu has what found no room", async ({
  page,
  server,
  seed,
}) => {
  const [id = ""] = await seed.createVersions("hello", 1);
  await seed.run("hello", id);
  await page.setViewportSize({ width: 768, height: 800 });
  await open(page, server, `p/${seed.project}/functions`, "Functions");
  const cells = row(page, "hello").getByRole("gridcell");
  const history = await cells.filter({ has: page.getByRole("img", { name: /^Last run/ }) }).boundingBox();
  const actions = await cells.last().boundingBox();
  expect((history?.x ?? 0) + (history?.width ?? 0)).toBeLessThanOrEqual(actions?.x ?? 0);
  await cells.getByRole("button", { name: "More actions: hello" }).click();
  await expect(page.getByRole("menuitem")).toHaveText([/Show/, /Edit/, /Copy/, /Delete/]);
  await page.getByRole("menuitem", { name: "Edit" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Edit hello" })).toBeVisible();
  await page.goBack();
  await expect(names(page)).toHaveText(["hello"]);
});

test("40 a window that is made narrow keeps the chosen tab in sight, and compares in one column", async ({
  page,
  server,
  seed,
}) => {
  await seed.createVersions("hello", 2);
  await open(page, server, `p/${seed.project}/functions/hello?tab=lineage`, "hello");
  const tab = page.getByRole("tab", { name: "Lineage" });
  await expect(tab).toBeInViewport({ ratio: 1 });
  await page.setViewportSize({ width: 320, height: 640 });
  await expect(tab).toBeInViewport({ ratio: 1 });
  await page.getByRole("button", { name: "More actions" }).click();
  await expect(page.getByRole("menuitem", { name: "Delete" })).toBeVisible();
  await page.getByRole("menuitem", { name: "Inspector" }).click();
  await expect(page.getByRole("dialog", { name: "Inspector" })).toBeVisible();
  await page.keyboard.press("Escape");

  await open(page, server, `p/${seed.project}/functions/hello/compare`, "Compare versions of hello");
  const code = page.getByRole("region", { name: "Code", exact: true });
  await expect(page.getByRole("button", { name: "Unified" })).toHaveAttribute("aria-pressed", "true");
  await expect(code.getByRole("textbox")).toHaveCount(1);
  await page.getByRole("button", { name: "Side by side" }).click();
  await expect(code.getByRole("textbox")).toHaveCount(2);
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect(page.getByRole("button", { name: "Side by side" })).toHaveAttribute("aria-pressed", "true");
  await expectAccessible(page);
});
