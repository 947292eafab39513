import { expectAccessible } from "./axe.ts";
import { chooseFilter, expect, open, test } from "./steps.ts";

test("9 a template is found, looked into, and leads to a form that is filled in", async ({ page, server, seed }) => {
  await open(page, server, `p/${seed.project}/templates`, "Templates");
  const cards = page.getByRole("list", { name: "Templates" }).getByRole("listitem");
  await expect(cards.getByRole("heading", { level: 2 })).toHaveText([
    "Hello",
    "Extract, transform, load",
    "With requirements",
    "On a schedule",
  ]);
  await expectAccessible(page);
  await chooseFilter(page, "Label", "etl");
  await expect(cards).toHaveCount(1);
  await expect(page).toHaveURL(/\?label=etl$/);
  await page.getByRole("button", { name: "Details of Extract, transform, load" }).click();
  const details = page.getByRole("dialog", { name: "Extract, transform, load" });
  await expect(details.getByRole("textbox", { name: "Code of Extract, transform, load" })).toContainText("def ");
  await expect(page).toHaveURL(/details=etl/);
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(details).toHaveCount(0);

  await page.getByRole("searchbox").fill("nothing like it");
  await expect(page.getByText("Without filters there are 4.")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).first().click();
  await page.getByRole("link", { name: "Use Hello" }).click();
  await expect(page).toHaveURL(new RegExp(`p/${seed.project}/new/function\\?template=hello$`));
  await expect(page.getByRole("radio", { name: /Hello/ })).toBeChecked();
});
