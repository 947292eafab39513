import { expectAccessible } from "./axe.ts";
import { chooseFilter, expect, names, open, test } from "./steps.ts";

test("6 functions are filtered by name, kind and label; the URL holds it", async ({ page, server, seed }) => {
  await seed.createFunction("train", { labels: ["ml"] });
  await seed.createFunction("train-v2", { labels: ["ml", "new"] });
  await seed.createFunction("hello");
  await open(page, server, `p/${seed.project}/functions`, "Functions");
  await expect(names(page)).toHaveText(["hello", "train-v2", "train"]);
  await expectAccessible(page);

  const search = page.getByRole("searchbox", { name: "Filter by name" });
  await page.keyboard.press("/");
  await expect(search).toBeFocused();
  await page.keyboard.type("tra");
  await expect(names(page)).toHaveText(["train-v2", "train"]);
  await chooseFilter(page, "Kind", "Python function");
  await expect(page).toHaveURL(/\?(?=.*name=tra)(?=.*kind=python)/);
  await expect(names(page)).toHaveText(["train-v2", "train"]);
  await expectAccessible(page);

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
  await expectAccessible(page);
  await page.getByRole("main").getByRole("button", { name: "Clear filters" }).last().click();
  await expect(names(page)).toHaveText(["hello", "train-v2", "train"]);
});
