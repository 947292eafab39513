// Everything that can be seen, under the rules of WCAG A and AA in both themes, and in windows that are small: 640 px
// are a screen of 1280 px at 200 %, 320 px the same at 400 %.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { routes } from "../routes.ts";
import { all, expectAccessible, ofColours } from "./axe.ts";
import { opened } from "./opened.ts";
import { pages, test } from "./pages.ts";
import { drawn, expect } from "./steps.ts";

// A trace of hundreds of pages would take longer than they do.
test.use({ trace: "off" });

/** What the router says to whoever asks it: it is done when the page has loaded. */
interface Navigating {
  __TSR_ROUTER__: { navigate: (to: { href: string }) => Promise<void> };
}

/** Goes to another page as a link does, without starting the console again. */
async function go(page: Page, path: string): Promise<void> {
  await page.evaluate((href) => (globalThis as unknown as Navigating).__TSR_ROUTER__.navigate({ href }), `/${path}`);
  await drawn(page);
}

async function expectReadable(page: Page, name: string): Promise<void> {
  await test.step(name, async () => {
    await expectAccessible(page, all);
    await page.emulateMedia({ colorScheme: "dark" });
    await expectAccessible(page, ofColours);
    for (const width of [640, 320]) {
      await page.setViewportSize({ width, height: 512 });
      // Only what scrolls inside of a page may be wider than it is, and the page scrolls within its frame alone.
      const size = await page.evaluate(() => [
        ...[document.documentElement, document.querySelector("main")].map((each) => each?.scrollWidth),
        document.documentElement.scrollHeight,
      ]);
      expect(size, `${name} at ${width} px`).toEqual([width, width, 512]);
    }
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 1280, height: 800 });
  });
}

test("40 every route of the console is among the pages", ({ made }) => {
  const root = join(import.meta.dirname, "../src");
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".route.tsx"));
  const known: { file: string; pattern: RegExp; fixed: number }[] = [];
  const collect = (node: { file?: string; path?: string; children?: unknown }, above: string) => {
    const path = above + (node.path ?? "");
    const pattern = path.replaceAll(/\/\{-\$\w+\}/g, "(/[^/]+)?").replaceAll(/\$\w+/g, "[^/]+");
    known.push({
      file: node.file ?? "",
      pattern: new RegExp(`^${pattern}/?$`),
      fixed: path.replaceAll(/\$\w+/g, "").length,
    });
    for (const child of (node.children ?? []) as (typeof node)[]) collect(child, path);
  };
  collect(routes, "");
  expect(
    known
      .map((each) => each.file)
      .filter((file) => file !== "")
      .toSorted(),
  ).toEqual(files.toSorted());
  const places = Object.values(pages).map((place) => `/${place(made)}`.replace(/\?.*/, ""));
  // What lies around the others.
  const frames = new Set(["app/root.route.tsx", "app/project.route.tsx"]);
  const drawnBy = new Set(
    places.map(
      (place) =>
        known
          .filter((each) => each.pattern.test(place) && !frames.has(each.file))
          .toSorted((a, b) => b.fixed - a.fixed)
          .map((each) => each.file)[0],
    ),
  );
  expect(files.filter((file) => !frames.has(file) && !drawnBy.has(file))).toEqual([]);
});

// In parts, so that the browsers share them.
for (const part of [1, 2, 3, 4]) {
  test(`40 no page breaks a rule in either theme, nor loses anything at 200 and 400 % (${part} of 4)`, async ({
    page,
    server,
    made,
    guard,
  }) => {
    test.setTimeout(180_000);
    guard.errors.push(/404 \(Not Found\)/);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.goto(server.console);
    await drawn(page);
    for (const [name, place] of Object.entries(pages).filter((_, at) => at % 4 === part - 1)) {
      await go(page, place(made));
      await expectReadable(page, name);
    }
  });
}

for (const part of [1, 2]) {
  test(`40 nothing that opens breaks a rule in either theme (${part} of 2)`, async ({ page, server, made, guard }) => {
    test.setTimeout(180_000);
    guard.errors.push(/500 \(Internal Server Error\)/);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.goto(server.console);
    await drawn(page);
    for (const [name, { on, before, open }] of Object.entries(opened).filter((_, at) => at % 2 === part - 1)) {
      const place = pages[on]?.(made) ?? "nowhere";
      if (before === undefined) {
        await page.keyboard.press("Escape"); // what lies over all pages stays open from one to the next
        await go(page, "account/profile"); // so that nothing is chosen or open on the page any more
        await go(page, place);
      } else {
        await before(page);
        await page.goto(server.console + place);
        await drawn(page);
      }
      await open(page);
      await expectReadable(page, name);
      await page.unrouteAll();
    }
  });
}
