import { expectAccessible } from "./axe.ts";
import { expect, open, test } from "./steps.ts";

test("11 the versions panel marks the current version and switches by click and key", async ({
  page,
  server,
  seed,
}) => {
  const ids = await seed.createVersions("hello", 3);
  await open(page, server, `p/${seed.project}/functions/hello?tab=code`, "hello");
  const panel = page.getByRole("navigation", { name: "Versions" });
  const code = page.getByRole("textbox", { name: "Code of hello" });
  await expect(panel.getByRole("link", { name: /^v\d/ })).toHaveText([/^v3/, /^v2/, /^v1/]);
  await expect(panel.locator("[aria-current]")).toHaveText(/^v3/);
  await expect(code).toContainText("{who} 3");

  await panel.getByRole("link", { name: /^v1/ }).click();
  await expect(page).toHaveURL(new RegExp(`v=${ids[0] ?? ""}`));
  await expect(page).toHaveURL(/tab=code/);
  await expect(code).toContainText("{who} 1");
  await expect(panel.locator("[aria-current]")).toHaveText(/^v1/);
  await expect(page.getByText("You are viewing version v1, not the latest.")).toBeVisible();
  await expectAccessible(page);

  await page.goBack();
  await expect(code).toContainText("{who} 3");
  await expect(page.getByText(/not the latest/)).toHaveCount(0);

  await page.keyboard.press("[");
  await expect(panel.locator("[aria-current]")).toHaveText(/^v2/);
  await page.keyboard.press("[");
  await expect(panel.locator("[aria-current]")).toHaveText(/^v1/);
  await page.keyboard.press("]");
  await expect(panel.locator("[aria-current]")).toHaveText(/^v2/);
  await expect(page).toHaveURL(new RegExp(`v=${ids[1] ?? ""}`));
});

test("11 on a narrow window the versions are a drawer", async ({ page, server, seed }) => {
  await page.setViewportSize({ width: 800, height: 700 });
  await seed.createVersions("hello", 2);
  await open(page, server, `p/${seed.project}/functions/hello`, "hello");
  await expect(page.getByRole("navigation", { name: "Versions" })).toHaveCount(0);
  await page.getByRole("button", { name: "Versions" }).click();
  const drawer = page.getByRole("dialog", { name: "Versions" });
  await expect(drawer.getByRole("link", { name: /^v\d/ })).toHaveText([/^v2/, /^v1/]);
  await expectAccessible(page);
  await drawer.getByRole("link", { name: /^v1/ }).click();
  await expect(drawer).toHaveCount(0);
  await expect(page.getByText("You are viewing version v1, not the latest.")).toBeVisible();
});
