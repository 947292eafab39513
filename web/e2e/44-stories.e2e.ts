// Every component in every state that its story shows: what assistive software would miss, what it says on the
// browser's console, and whether it fits a narrow window that is read from right to left.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test as base, type Page } from "@playwright/test";
import { build, preview, type PreviewServer } from "vite";
import { expectAccessible, ofColours } from "./axe.ts";

const configFile = join(import.meta.dirname, "../vite.stories.config.ts");

/** The page of the components, built, and guarded: nothing is said on the browser's console. */
const test = base.extend<{ guard: undefined }, { address: string }>({
  address: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the parameters' names
    async ({}, provide) => {
      const outDir = mkdtempSync(join(tmpdir(), "dhub-stories-"));
      const root = join(configFile, "..");
      await build({ configFile, root, logLevel: "error", build: { outDir, emptyOutDir: true, minify: false } });
      const server: PreviewServer = await preview({
        configFile,
        root,
        logLevel: "error",
        build: { outDir },
        preview: { host: "127.0.0.1", port: 0, open: false },
      });
      const address = server.resolvedUrls?.local[0] ?? server.resolvedUrls?.network[0];
      if (address === undefined) throw new Error("the page of the components is not served");
      await provide(`${address}stories.html`);
      await server.close();
      rmSync(outDir, { recursive: true });
    },
    { scope: "worker" },
  ],
  guard: [
    async ({ page }, provide) => {
      const wrong: string[] = [];
      page.on("console", (line) => {
        if (line.type() === "error" || line.type() === "warning") wrong.push(`${page.url()}: ${line.text()}`);
      });
      page.on("pageerror", (error) => wrong.push(`${page.url()}: uncaught: ${error.message}`));
      await provide(undefined);
      expect(wrong).toEqual([]);
    },
    { auto: true },
  ],
});

/** The components by their addresses, as the page lists them. */
async function listed(page: Page, address: string): Promise<string[]> {
  await page.goto(address);
  const links = page.getByRole("navigation", { name: "Components" }).getByRole("link");
  await expect(links.first()).toBeVisible();
  return links.evaluateAll((all) => all.map((link) => link.getAttribute("href")?.slice(1) ?? ""));
}

/** Draws a component, and then each state that is drawn by itself; the page is loaded once. */
async function each(page: Page, address: string, how: string, see: (where: string) => Promise<void>): Promise<void> {
  const slugs = await listed(page, address);
  const show = async (place: string) => {
    await page.goto(`${address}?frame#${place}${how}`);
    const heading = page.getByRole("heading", { level: 1, includeHidden: true });
    await expect(heading).toHaveAttribute("data-address", place);
    await expect(page.locator("[aria-busy=true]:not(button), [role=status][aria-label^=Loading]")).toHaveCount(0);
    await test.step(place, () => see(place));
  };
  for (const slug of slugs) {
    await show(slug);
    const alone = await page
      .getByRole("list", { name: "By itself" })
      .getByRole("link")
      .evaluateAll((all) => all.map((link) => link.getAttribute("href")?.slice(1).split("?")[0] ?? ""));
    for (const place of alone) await show(place);
  }
}

test("every component is without a violation of WCAG A or AA in light", async ({ page, address }) => {
  await each(page, address, "", () => expectAccessible(page));
});

test("every component has enough contrast in dark", async ({ page, address }) => {
  await each(page, address, "?theme=dark", () => expectAccessible(page, ofColours));
});

test("every component fits 320 px, read from right to left", async ({ page, address }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const wide: string[] = [];
  await each(page, address, "?dir=rtl", async (place) => {
    const width = await page.evaluate(() => document.scrollingElement?.scrollWidth ?? 0);
    if (width > 320) wide.push(`${place}: ${width} px`);
  });
  expect(wide).toEqual([]);
});

test("the page has an address for each component, and switches for how it is looked at", async ({ page, address }) => {
  await page.goto(`${address}#button`);
  const shown = page.frameLocator("iframe");
  await expect(shown.getByRole("heading", { level: 1, name: "Button" })).toBeVisible();
  await page.getByLabel("Theme").selectOption("dark");
  await page.getByLabel("Direction").selectOption("right to left");
  await page.getByLabel("Width").selectOption("320 px");
  await page.getByLabel("Language").selectOption("Italiano");
  await expect(page).toHaveURL(/#button\?theme=dark&dir=rtl&lang=it&width=320$/);
  const root = shown.locator("html");
  await expect(root).toHaveAttribute("data-theme", "dark");
  await expect(root).toHaveAttribute("dir", "rtl");
  await expect(root).toHaveAttribute("lang", "it");
  const inner = await page.locator("iframe").evaluate((frame: HTMLIFrameElement) => frame.contentWindow?.innerWidth);
  expect(inner).toBe(320);
  await expectAccessible(page);
});
