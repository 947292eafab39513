// The verbs of the journeys, and the guard that every journey stands under: no console error, no request to another
// host, no violation of the content security policy.
import { test as base, expect, type Locator, type Page } from "@playwright/test";
import { Seed } from "./seed.ts";
import { type Server, startServer } from "./server.ts";

interface TestFixtures {
  /** A project of the test's own, made already. */
  seed: Seed;
  /** Requests that the page sent, as METHOD path?query. */
  calls: string[];
  guard: Expected;
}

/** What a journey provokes on purpose. */
export interface Expected {
  /** Lines of the browser's console that may appear: each failed answer writes one. */
  errors: RegExp[];
}

let count = 0;

export const test = base.extend<TestFixtures, { server: Server }>({
  server: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the parameters' names
    async ({}, provide) => {
      const server = await startServer();
      await provide(server);
      await server.stop();
    },
    { scope: "worker" },
  ],
  seed: async ({ request, server }, provide, info) => {
    const seed = new Seed(request, server.url, `demo-${info.workerIndex}-${++count}`);
    await seed.createProject();
    await provide(seed);
  },
  calls: async ({ page }, provide) => {
    const calls: string[] = [];
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (url.pathname.startsWith("/api/")) calls.push(`${request.method()} ${url.pathname}${url.search}`);
    });
    await provide(calls);
  },
  guard: [
    async ({ context, server }, provide) => {
      const wrong: string[] = [];
      const expected: Expected = { errors: [] };
      context.on("console", (line) => {
        if (line.type() === "error" || line.type() === "warning") wrong.push(`${line.text()} (${line.location().url})`);
      });
      context.on("weberror", (each) => wrong.push(`uncaught: ${each.error().message}`));
      context.on("request", (request) => {
        const url = request.url();
        if (!url.startsWith(`${server.url}/`) && !/^(data|blob):/.test(url)) wrong.push(`foreign request: ${url}`);
      });
      await provide(expected);
      expect(wrong.filter((line) => !expected.errors.some((known) => known.test(line)))).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Opens a path of the console and waits for its heading. */
export async function open(page: Page, server: Server, path: string, heading: string): Promise<void> {
  await page.goto(server.console + path);
  await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
}

/** What a page asked of its project so far; the stream of changes is not a question. */
export function asked(calls: readonly string[]): string[] {
  return calls.filter((call) => call.includes("/-/") && !call.includes("/events"));
}

/** Waits until a page has drawn what it came for. */
export async function drawn(page: Page): Promise<void> {
  // A dialog that is open hides the heading, and what loads has one of its own until it has come.
  await page.getByRole("heading", { level: 1, name: /^(?!Loading|Caricamento)/, includeHidden: true }).waitFor();
  await expect(page.getByRole("status", { name: /^(Loading|Caricamento)/ })).toHaveCount(0);
}

/** The row of a name in the only table of the page. */
export function row(page: Page, name: string): Locator {
  return page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });
}

/** The names of the rows shown, top to bottom. */
export function names(page: Page): Locator {
  return page
    .getByRole("grid")
    .getByRole("row")
    .getByRole("gridcell")
    .getByRole("link")
    .filter({ hasNotText: /^(Show|Edit)$/ });
}

/** The message of a toast. */
export function toast(page: Page, text: string): Locator {
  return page.getByRole("status").filter({ hasText: text });
}

/** Chooses one value of a filter of the filter bar. */
export async function chooseFilter(page: Page, filter: string, value: string): Promise<void> {
  await page
    .getByRole("search", { name: "Filters" })
    .getByRole("button", { name: new RegExp(`^${filter}`) })
    .click();
  await page.getByRole("menuitemradio", { name: value }).click();
}

/** Opens a folded part of a form. */
export async function unfold(within: Page | Locator, title: string): Promise<void> {
  await within.getByText(title, { exact: true }).first().click();
}
