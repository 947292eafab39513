import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./axe.ts";
import { expect, open, test } from "./steps.ts";

/** Presses a key until something has the focus; nothing here touches a mouse. */
async function reach(page: Page, target: Locator, key = "Tab"): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 120; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  await expect(target).toBeFocused();
}

test("40 a function is made, run, watched and its runs compared with the keyboard alone", async ({
  page,
  server,
  seed,
}) => {
  await open(page, server, `p/${seed.project}`, seed.project);
  await page.keyboard.press("g");
  await page.keyboard.press("f");
  await expect(page.getByRole("heading", { level: 1, name: "Functions" })).toBeFocused();

  // 8: a function from scratch
  await reach(page, page.getByRole("main").getByRole("link", { name: "Create" }).first());
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "New function" })).toBeFocused();
  await reach(page, page.getByRole("radio", { name: "Python function" }));
  await page.keyboard.press("Space");
  await reach(page, page.getByRole("textbox", { name: "Name", exact: true }));
  await page.keyboard.type("greet");
  await reach(page, page.getByRole("textbox", { name: "Code" }));
  await page.keyboard.insertText('def main(who="you"):\n    print("greeting", who)\n    return who\n');
  // Tab writes in the editor; after Escape it leaves, and the first Escape closes what the editor proposes.
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("textbox", { name: "Code" })).not.toBeFocused();
  await reach(page, page.getByRole("textbox", { name: "Handler" }));
  await page.keyboard.type("main"); // over what the code may have filled in
  await page.keyboard.press("Control+s");
  await expect(page.getByRole("heading", { level: 1, name: "greet" })).toBeFocused();

  // 18: a run with a parameter
  await reach(page, page.getByRole("tab", { selected: true }));
  await reach(page, page.getByRole("tab", { name: "Job" }), "ArrowRight");
  await reach(page, page.getByRole("link", { name: "Create run" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Run greet" })).toBeFocused();
  await reach(page, page.getByRole("button", { name: "Add to Parameters", exact: true }));
  await page.keyboard.press("Enter");
  await reach(page, page.getByLabel("Name 1 of Parameters", { exact: true }));
  await page.keyboard.type("who");
  await reach(page, page.getByLabel("Value of who in Parameters", { exact: true }));
  await page.keyboard.type("all");
  await page.keyboard.press("Control+Enter");

  // 24: its log
  await expect(page).toHaveURL(/\/runs\/[^/]+\/logs$/);
  await expect(page.getByRole("main").getByText("greeting all")).toBeVisible();
  await expect(page.getByRole("main").getByText("Succeeded").first()).toBeVisible();
  await expectAccessible(page);
  const first = page.url();
  await reach(page, page.getByRole("button", { name: "Rerun", exact: true }));
  await page.keyboard.press("Enter");
  await expect(page).not.toHaveURL(first);
  await expect(page.getByRole("main").getByText("Succeeded").first()).toBeVisible();

  // 28: both runs beside each other
  await page.keyboard.press("Escape");
  await page.keyboard.press("g");
  await page.keyboard.press("r");
  await expect(page.getByRole("heading", { level: 1, name: "Runs" })).toBeFocused();
  const rows = page
    .getByRole("grid")
    .getByRole("row")
    .filter({ has: page.getByRole("gridcell") });
  await expect(rows).toHaveCount(2);
  await page.keyboard.press("j"); // from the heading of the page into its list
  await expect(rows.first()).toBeFocused();
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await expect(rows.last()).toBeFocused();
  await page.keyboard.press("x");
  await page.keyboard.press("d");
  await expect(page.getByRole("heading", { level: 1, name: "Compare runs" })).toBeFocused();
  await expectAccessible(page);
});
