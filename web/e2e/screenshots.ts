// Pictures of every page, light and dark, at three widths: npm run screenshots. They are looked at, not compared.
// One page alone: npm run screenshots -- -g overview
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { opened } from "./opened.ts";
import { type Made, pages, test } from "./pages.ts";
import type { Server } from "./server.ts";
import { settled } from "./settled.ts";
import { drawn } from "./steps.ts";

const folder = join(import.meta.dirname, "../../.cache/screenshots");
const widths = [1280, 768, 320];
const tallest = 3000;

/** A window so high that all of the page is seen. */
async function unroll(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 900 });
  await settled(page);
  const hidden = await page.evaluate(() => {
    const main = document.querySelector("main");
    return main === null ? 0 : main.scrollHeight - main.clientHeight;
  });
  if (hidden > 0) await page.setViewportSize({ width, height: Math.min(900 + hidden, tallest) });
}

/** Takes a page in both themes, at the width that it has. */
async function pictures(page: Page, name: string, width: number): Promise<void> {
  await unroll(page, width);
  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await settled(page);
    await page.screenshot({ path: join(folder, `${name}-${theme}-${width}.png`), animations: "disabled" });
  }
}

async function show(page: Page, server: Server, made: Made, name: string): Promise<void> {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto(server.console + (pages[name]?.(made) ?? "nowhere"));
  await drawn(page);
}

for (const name of Object.keys(pages)) {
  test(name, async ({ page, server, made, guard }) => {
    guard.errors.push(/404 \(Not Found\)/);
    await show(page, server, made, name);
    for (const width of widths) await pictures(page, name, width);
  });
}

for (const [name, { on, before, open }] of Object.entries(opened)) {
  test(name, async ({ page, server, made, guard }) => {
    guard.errors.push(/500 \(Internal Server Error\)/);
    await before?.(page);
    for (const width of widths) {
      // What opens lies where there was room for it, so that it is opened anew in every window.
      await page.setViewportSize({ width, height: 900 });
      await page.goto("about:blank");
      await show(page, server, made, on);
      await open(page);
      await pictures(page, name, width);
    }
  });
}
