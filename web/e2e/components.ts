// Every component in every state that its story shows: what assistive software would miss, what it says on the
// browser's console, and whether it fits a narrow window that is read from right to left.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test as base, type Page } from "@playwright/test";
import { build, preview, type PreviewServer } from "vite";
import { expectAccessible, ofColours, violations } from "./axe.ts";

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

test.use({ contextOptions: { reducedMotion: "reduce" } });

/** The components by their addresses, as the page lists them. */
async function listed(page: Page, address: string): Promise<string[]> {
  await page.goto(address);
  const links = page.getByRole("navigation", { name: "Components" }).getByRole("link");
  await expect(links.first()).toBeVisible();
  return links.evaluateAll((all) => all.map((link) => link.getAttribute("href")?.slice(1) ?? ""));
}

/** Shows what an address names, and waits until it is drawn: the page is loaded once, and asked in each of its frames. */
async function show(page: Page, place: string, how = ""): Promise<void> {
  await page.evaluate(async (wanted) => {
    location.hash = wanted;
    const drawn = () =>
      document.querySelector(`h1[data-address="${wanted}"]`) !== null &&
      // What a story opens by itself, and what a component itself waits for: none but where that is the state shown.
      [...document.querySelectorAll('[data-opening], [role=status][aria-label="Loading"]')].every(
        (each) => wanted.includes("loading") || each.closest("section[aria-label*=loading]") !== null,
      );
    while (!drawn()) await new Promise((resolve) => requestAnimationFrame(resolve));
  }, `#${place}${how}`);
}

/** Goes through every component and each of the states that are drawn by themselves, and gathers what is wrong. */
async function wrongOf(
  page: Page,
  address: string,
  how: string,
  look: (place: string) => Promise<string[]>,
): Promise<string[]> {
  const wrong: string[] = [];
  const slugs = await listed(page, address);
  await page.goto(`${address}?frame#${slugs[0] ?? ""}`);
  for (const slug of slugs) {
    await show(page, slug, how);
    const alone = await page
      .getByRole("list", { name: "By itself" })
      .getByRole("link")
      .evaluateAll((all) => all.map((link) => link.getAttribute("href")?.slice(1).replace(/\?.*/, "") ?? ""));
    for (const place of [slug, ...alone]) wrong.push(...(await look(place)).map((line) => `${place}: ${line}`));
  }
  return wrong;
}

test("every component is without a violation of WCAG A or AA, light and dark", async ({ page, address }) => {
  const wrong = await wrongOf(page, address, "", async (place) => {
    await show(page, place);
    const light = await violations(page);
    await show(page, place, "?theme=dark");
    return [...light, ...(await violations(page, ofColours)).map((line) => `dark: ${line}`)];
  });
  expect(wrong).toEqual([]);
});

test("every component fits 320 px, read from right to left", async ({ page, address }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const wrong = await wrongOf(page, address, "?dir=rtl", async (place) => {
    await show(page, place, "?dir=rtl");
    const [direction, width] = await page.evaluate(
      () => [getComputedStyle(document.body).direction, document.scrollingElement?.scrollWidth ?? 0] as const,
    );
    return [...(direction === "rtl" ? [] : [`is read ${direction}`]), ...(width > 320 ? [`is ${width} px wide`] : [])];
  });
  expect(wrong).toEqual([]);
});

test("a table that scrolls shows that it has the focus", async ({ page, address }) => {
  await page.goto(`${address}?frame#plain-table`);
  const region = page.getByRole("region", { name: "Framed" });
  await region.scrollIntoViewIfNeeded();
  const box = await region.boundingBox();
  if (box === null) throw new Error("the table is not drawn");
  const clip = { x: box.x + box.width / 2, y: box.y + box.height - 6, width: 20, height: 12 };
  const before = await page.screenshot({ clip });
  await page.keyboard.press("Tab"); // so that it is the keyboard that is in use
  await region.focus();
  expect((await page.screenshot({ clip })).equals(before)).toBe(false);
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
