import { reached, runnable, startRun } from "./runs-seed.ts";
import { expect, open, test } from "./steps.ts";

test("19 a function is run with one parameter changed by three keys and what is typed", async ({
  page,
  server,
  seed,
}) => {
  const last = await startRun(seed, await runnable(seed, "train", "train"), { parameters: { epochs: 3 } });
  await reached(seed, last.id, "COMPLETED");
  await open(page, server, `p/${seed.project}`, seed.project);

  await page.keyboard.press("Control+k");
  await page.keyboard.type("run train");
  await expect(page.getByRole("option", { name: "Run train", exact: true })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  const epochs = page.getByRole("textbox", { name: "Value of epochs in Parameters" });
  await expect(epochs).toBeFocused();
  await expect(epochs).toHaveValue("3");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("7");
  await page.keyboard.press("Control+Enter");
  await expect(page).toHaveURL(/\/runs\/[^/]+\/logs$/);
  await expect(page.getByRole("region", { name: "Log of main" })).toContainText("epochs 7");
});
