// Every page of the console with something on it, for what is asked of all of them.
import { fixture } from "./fixture.ts";
import { Seed } from "./seed.ts";
import { test as base } from "./steps.ts";

/** What a page needs to know of the data made for it. */
export type Made = Awaited<ReturnType<typeof fixture>>;

/** Every page by a name of its own, as its place below the console's address. */
export const pages: Readonly<Record<string, (made: Made) => string>> = {
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
      "dataitem-compare": () => "/dataitems/towns/compare",
      models: () => "/models",
      model: () => "/models/forest",
      "model-metrics": ({ forest }: Made) => `/models/forest?tab=metrics&with=${forest}`,
      "model-compare": () => "/models/forest/compare",
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

/** A journey through pages of one project; what is on them is made once for all of a worker. */
export const test = base.extend<object, { made: Made }>({
  made: [
    async ({ playwright, server }, provide) => {
      const request = await playwright.request.newContext();
      await provide(await fixture(new Seed(request, server.url, "demo")));
      await request.dispose();
    },
    { scope: "worker", timeout: 180_000 },
  ],
});
