import { expectAccessible } from "./axe.ts";
import { store } from "./data-seed.ts";
import { runnable } from "./runs-seed.ts";
import { expect, open, test } from "./steps.ts";

const table = { material: "dataitems", name: "my-cities", kind: "table", files: { "c.csv": "name\nRome\n" } } as const;

test("34 a data item is used in a run: function chosen, input filled in, the recap shows it", async ({
  page,
  server,
  seed,
}) => {
  const id = await store(seed, table);
  await open(page, server, `p/${seed.project}/dataitems/my-cities`, "my-cities");
  await page.getByRole("button", { name: "Use in a run" }).click();
  const dialog = page.getByRole("dialog", { name: "Use my-cities in a run" });
  await expect(dialog.getByRole("paragraph").filter({ hasText: "This project has no functions yet." })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await runnable(seed, "other", "train");
  await runnable(seed, "train", "anything");
  await page.reload();
  await page.getByRole("button", { name: "Use in a run" }).click();
  await dialog.getByRole("combobox", { name: "Function" }).selectOption("train");
  await page.setViewportSize({ width: 320, height: 640 });
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Compose the run" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Run train" })).toBeVisible();
  const key = `store://${seed.project}/dataitem/table/my-cities:${id}`;
  const filled = page.getByRole("combobox", { name: "Value of my_cities in Inputs" });
  await expect(filled).toHaveValue(key);
  await expect(filled).toBeFocused();
  await expect(filled).toBeInViewport();
  // The page scrolls within its frame, which stays where it is.
  expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0);
  await expect(page.getByText(/The input stands at “my_cities”, after its own name/)).toBeVisible();
  const recap = page.getByRole("region", { name: "3. Review" }).getByRole("textbox", { name: "JSON" });
  await expect(recap).toContainText(`"my_cities": "${key}"`);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  await page.getByRole("button", { name: "Create and open" }).click();
  await expect(page).toHaveURL(/\/runs\/[^/]+\/logs$/);
});

test("34 CREATE takes files first, dropped or chosen with the keyboard, in Italian too", async ({
  page,
  server,
  seed,
}) => {
  await page.addInitScript(() => localStorage.setItem("dhub.prefs", JSON.stringify({ locale: "it" })));
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto(`${server.console}p/${seed.project}/new/dataitem`);
  const first = page.getByRole("region", { name: "Da file" });
  await expect(first).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  await expectAccessible(page);
  const chooser = page.waitForEvent("filechooser");
  await first.getByRole("button", { name: "Scegli i file" }).focus();
  await page.keyboard.press("Enter");
  await (await chooser).setFiles({ name: "a.csv", mimeType: "text/csv", buffer: Buffer.from("x\n1\n") });
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("textbox", { name: "Nome" })).toHaveValue("a");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);

  const dropped = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(["name,pop\nRome,1\n"], "Cities 2026.csv", { type: "text/csv" }));
    return data;
  });
  await first.getByRole("button", { name: "Scegli i file" }).dispatchEvent("drop", { dataTransfer: dropped });
  await expect(dialog.getByRole("textbox", { name: "Nome" })).toHaveValue("Cities-2026");
  await expect(dialog.getByRole("combobox", { name: "Tipo" })).toHaveValue("table");
  await expectAccessible(page);
  await dialog.locator("button[type=submit]").click();
  await expect(page.getByRole("heading", { level: 1, name: "Cities-2026" })).toBeVisible();
  await expect(page.locator("header").getByText("Pronto", { exact: true })).toBeVisible();
});
