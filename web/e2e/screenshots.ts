// Pictures of every page, light and dark, at three widths: npm run screenshots. They are looked at, not compared.
// One page alone: npm run screenshots -- -g overview
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { fixture } from "./fixture.ts";
import { Seed } from "./seed.ts";
import { expect, test as base } from "./steps.ts";

const folder = join(import.meta.dirname, "../../.cache/screenshots");
const widths = [390, 900, 1440];

/** What a page needs to know of the data made for the pictures. */
type Made = Awaited<ReturnType<typeof fixture>>;

interface Shot {
  /** Of the page's files. */
  name: string;
  /** Below the console's address. */
  path: (made: Made) => string;
  /** The page's heading. */
  ready: (made: Made) => string;
}

const shots: readonly Shot[] = [
  { name: "projects", path: () => "", ready: () => "Projects" },
  { name: "new-project", path: () => "?create=true", ready: () => "Projects" },
  { name: "overview", path: ({ project }) => `p/${project}`, ready: ({ project }) => project },
  { name: "overview-new", path: ({ empty }) => `p/${empty}`, ready: ({ empty }) => empty },
  { name: "templates", path: ({ project }) => `p/${project}/templates`, ready: () => "Templates" },
  {
    name: "template",
    path: ({ project }) => `p/${project}/templates?details=etl`,
    ready: () => "Templates",
  },
  { name: "import", path: ({ project }) => `p/${project}?import=true`, ready: ({ project }) => project },
  { name: "lineage", path: ({ project }) => `p/${project}/lineage`, ready: () => "Lineage" },
  {
    name: "lineage-list",
    path: ({ project }) => `p/${project}/lineage?view=list`,
    ready: () => "Lineage",
  },
  { name: "functions", path: ({ project }) => `p/${project}/functions`, ready: () => "Functions" },
  { name: "function", path: ({ project }) => `p/${project}/functions/hello`, ready: () => "hello" },
  { name: "dataitems", path: ({ project }) => `p/${project}/dataitems`, ready: () => "Data items" },
  { name: "upload", path: ({ project }) => `p/${project}/dataitems?upload=true`, ready: () => "Data items" },
  { name: "dataitem", path: ({ project }) => `p/${project}/dataitems/towns`, ready: () => "towns" },
  {
    name: "dataitem-preview",
    path: ({ project }) => `p/${project}/dataitems/towns?tab=preview&column=population`,
    ready: () => "towns",
  },
  { name: "dataitem-schema", path: ({ project }) => `p/${project}/dataitems/towns?tab=schema`, ready: () => "towns" },
  {
    name: "model-metrics",
    path: ({ project, forest }) => `p/${project}/models/forest?tab=metrics&with=${forest}`,
    ready: () => "forest",
  },
  {
    name: "artifact-files",
    path: ({ project }) => `p/${project}/artifacts/pages?tab=files&file=notes.md`,
    ready: () => "pages",
  },
  { name: "new-model", path: ({ project }) => `p/${project}/new/model`, ready: () => "New model" },
  { name: "not-found", path: () => "p/nowhere", ready: () => "Not found" },
];

const test = base.extend<object, { made: Made }>({
  made: [
    async ({ playwright, server }, provide) => {
      const request = await playwright.request.newContext();
      await provide(await fixture(new Seed(request, server.url, "demo")));
      await request.dispose();
    },
    { scope: "worker", timeout: 180_000 },
  ],
});

/** Editors, graphs and dialogs come after their page: two pictures alike say that they have, ten try it. */
async function settled(page: Page): Promise<void> {
  let before = "";
  for (let tries = 0; tries < 10; tries++) {
    const now = (await page.screenshot({ animations: "disabled", caret: "hide" })).toString("base64");
    if (now === before) return;
    before = now;
  }
}

for (const { name, path, ready } of shots) {
  test(name, async ({ page, server, made }) => {
    test.setTimeout(120_000);
    for (const theme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        await page.goto(server.console + path(made));
        await page.getByRole("heading", { level: 1, name: ready(made), includeHidden: true }).waitFor();
        await expect(page.getByRole("status", { name: "Loading" })).toHaveCount(0);
        await page.evaluate(() => document.fonts.ready);
        await settled(page);
        await page.screenshot({ path: join(folder, `${name}-${theme}-${width}.png`), animations: "disabled" });
      }
    }
  });
}
