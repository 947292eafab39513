// Pictures of every page, light and dark, at three widths: npm run screenshots. They are looked at, not compared.
// One page alone: npm run screenshots -- -g overview
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { pages, test } from "./pages.ts";
import { expect } from "./steps.ts";

const folder = join(import.meta.dirname, "../../.cache/screenshots");
const widths = [390, 900, 1440];

/** Editors, graphs and dialogs come after their page: two pictures alike say that they have, ten try it. */
async function settled(page: Page): Promise<void> {
  let before = "";
  for (let tries = 0; tries < 10; tries++) {
    const now = (await page.screenshot({ animations: "disabled", caret: "hide" })).toString("base64");
    if (now === before) return;
    before = now;
  }
}

for (const [name, path] of Object.entries(pages)) {
  test(name, async ({ page, server, made }) => {
    test.setTimeout(120_000);
    for (const theme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        await page.goto(server.console + path(made));
        await page.getByRole("heading", { level: 1, name: /^(?!Loading)/, includeHidden: true }).waitFor();
        await expect(page.getByRole("status", { name: "Loading" })).toHaveCount(0);
        await page.evaluate(() => document.fonts.ready);
        await settled(page);
        await page.screenshot({ path: join(folder, `${name}-${theme}-${width}.png`), animations: "disabled" });
      }
    }
  });
}
