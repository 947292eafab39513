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

/** Every page, below the console's address. */
const shots: Readonly<Record<string, (made: Made) => string>> = {
  projects: () => "",
  "new-project": () => "?create=true",
  "not-found": () => "p/nowhere",
  search: () => "search?q=hello",
  account: () => "account/profile",
  "overview-new": ({ empty }) => `p/${empty}`,
  "functions-none": ({ empty }) => `p/${empty}/functions`,
  ...Object.fromEntries(
    Object.entries({
      overview: () => "",
      import: () => "?import=true",
      templates: () => "/templates",
      template: () => "/templates?details=etl",
      functions: () => "/functions",
      function: () => "/functions/hello",
      "function-code": () => "/functions/hello?tab=code",
      "function-job": () => "/functions/hello?tab=job",
      "function-edit": () => "/functions/hello/edit",
      "function-compare": ({ versions: [a, b] }: Made) => `/functions/hello/compare?a=${a}&b=${b}`,
      "function-run": () => "/functions/hello/run",
      "new-function": () => "/new/function",
      runs: () => "/runs",
      run: ({ failed }: Made) => `/runs/${failed}`,
      "run-logs": ({ failed }: Made) => `/runs/${failed}/logs`,
      "run-metrics": ({ made }: Made) => `/runs/${made}/metrics`,
      "run-events": ({ made }: Made) => `/runs/${made}/events`,
      "runs-compared": ({ done, failed }: Made) => `/compare/runs?ids=${done},${failed}`,
      triggers: () => "/triggers",
      trigger: ({ trigger }: Made) => `/triggers/${trigger}`,
      "new-trigger": () => "/new/trigger",
      dataitems: () => "/dataitems",
      upload: () => "/dataitems?upload=true",
      dataitem: () => "/dataitems/towns",
      "dataitem-preview": () => "/dataitems/towns?tab=preview&column=population",
      "dataitem-schema": () => "/dataitems/towns?tab=schema",
      models: () => "/models",
      model: () => "/models/forest",
      "model-metrics": ({ forest }: Made) => `/models/forest?tab=metrics&with=${forest}`,
      artifacts: () => "/artifacts",
      "artifact-files": () => "/artifacts/pages?tab=files&file=notes.md",
      "new-model": () => "/new/model",
      "new-dataitem": () => "/new/dataitem",
      lineage: () => "/lineage",
      "lineage-list": () => "/lineage?view=list",
      secrets: () => "/secrets",
      "new-secret": () => "/new/secret",
      settings: () => "/settings/general",
    }).map(([name, path]) => [name, (made: Made) => `p/${made.project}${path(made)}`]),
  ),
};

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

for (const [name, path] of Object.entries(shots)) {
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
