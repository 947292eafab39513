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
  "search-nothing": () => "search?q=zebra",
  account: () => "account/profile",
  "account-appearance": () => "account/appearance",
  "overview-new": ({ empty }) => `p/${empty}`,
  "functions-none": ({ empty }) => `p/${empty}/functions`,
  "runs-none": ({ empty }) => `p/${empty}/runs`,
  "triggers-none": ({ empty }) => `p/${empty}/triggers`,
  "dataitems-none": ({ empty }) => `p/${empty}/dataitems`,
  "models-none": ({ empty }) => `p/${empty}/models`,
  "artifacts-none": ({ empty }) => `p/${empty}/artifacts`,
  "secrets-none": ({ empty }) => `p/${empty}/secrets`,
  "lineage-none": ({ empty }) => `p/${empty}/lineage`,
  "old-link": ({ project, versions: [a] }) => `-/${project}/functions/${a}/show`,
  "old-list": ({ project }) => `-/${project}/runs`,
  ...Object.fromEntries(
    Object.entries({
      overview: () => "",
      import: () => "?import=true",
      templates: () => "/templates",
      template: () => "/templates?details=etl",
      functions: () => "/functions",
      "functions-filtered": () => "/functions?name=zebra",
      function: () => "/functions/hello",
      "function-older": ({ versions: [a] }: Made) => `/functions/hello?v=${a}`,
      "function-spec": () => "/functions/hello?tab=spec",
      "function-gone": () => "/functions/nowhere",
      "function-code": () => "/functions/hello?tab=code",
      "function-job": () => "/functions/hello?tab=job",
      "function-edit": () => "/functions/hello/edit",
      "function-compare": ({ versions: [a, b] }: Made) => `/functions/hello/compare?a=${a}&b=${b}`,
      "function-run": () => "/functions/hello/run",
      "function-rerun": ({ failed }: Made) => `/functions/train/run?from=${failed}`,
      "new-function": () => "/new/function",
      "new-function-template": () => "/new/function?template=etl",
      "new-nothing": () => "/new/nothing",
      runs: () => "/runs",
      "runs-grouped": () => "/runs?group=function",
      "runs-filtered": () => "/runs?state=ERROR&since=24h",
      "runs-peek": ({ failed }: Made) => `/runs?peek=${failed}`,
      run: ({ failed }: Made) => `/runs/${failed}`,
      "run-done": ({ made }: Made) => `/runs/${made}`,
      "run-running": ({ running }: Made) => `/runs/${running}`,
      "run-stopped": ({ stopped }: Made) => `/runs/${stopped}`,
      "run-memory": ({ memory }: Made) => `/runs/${memory}`,
      "run-io": ({ made }: Made) => `/runs/${made}/io`,
      "run-resources": ({ made }: Made) => `/runs/${made}/resources`,
      "run-spec": ({ made }: Made) => `/runs/${made}/spec`,
      "run-code": ({ made }: Made) => `/runs/${made}/code`,
      "run-gone": () => "/runs/nowhere",
      "run-logs": ({ failed }: Made) => `/runs/${failed}/logs`,
      "run-metrics": ({ made }: Made) => `/runs/${made}/metrics`,
      "run-events": ({ made }: Made) => `/runs/${made}/events`,
      "runs-compared": ({ done, failed }: Made) => `/compare/runs?ids=${done},${failed}`,
      triggers: () => "/triggers",
      trigger: ({ trigger }: Made) => `/triggers/${trigger}`,
      "trigger-runs": ({ trigger }: Made) => `/triggers/${trigger}?tab=runs`,
      "trigger-spec": ({ trigger }: Made) => `/triggers/${trigger}?tab=spec`,
      "trigger-edit": ({ trigger }: Made) => `/triggers/${trigger}/edit`,
      "new-trigger": () => "/new/trigger",
      "new-trigger-state": () => "/new/trigger?kind=lifecycle&function=hello",
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
      "models-compared": ({ forest, forestNow }: Made) => `/compare/models?ids=${forest},${forestNow}`,
      "dataitem-files": () => "/dataitems/towns?tab=files",
      "dataitem-lineage": () => "/dataitems/cities?tab=lineage",
      "dataitem-spec": () => "/dataitems/towns?tab=spec",
      "dataitem-edit": () => "/dataitems/towns/edit",
      "model-files": () => "/models/forest?tab=files",
      "model-lineage": () => "/models/clf?tab=lineage",
      "model-spec": () => "/models/forest?tab=spec",
      artifacts: () => "/artifacts",
      artifact: () => "/artifacts/pages",
      "artifact-files": () => "/artifacts/pages?tab=files&file=notes.md",
      "new-model": () => "/new/model",
      "new-dataitem": () => "/new/dataitem",
      "new-artifact": () => "/new/artifact",
      lineage: () => "/lineage",
      "lineage-list": () => "/lineage?view=list",
      secrets: () => "/secrets",
      secret: () => "/secrets?show=hf-token",
      "secret-edit": () => "/secrets?edit=hf-token",
      "new-secret": () => "/new/secret",
      settings: () => "/settings/general",
      "settings-limits": () => "/settings/limits",
      "settings-saved": () => "/settings/saved",
      "settings-danger": () => "/settings/danger",
      "project-search": () => "/search?q=hello",
    }).map(([name, path]) => [name, (made: Made) => `p/${made.project}${path(made)}`]),
  ),
};

/** A journey through pages of one project; what is on them is made once for all of a worker. */
export const test = base.extend<{ reader: Seed }, { made: Made }>({
  made: [
    async ({ playwright, server }, provide) => {
      const request = await playwright.request.newContext();
      await provide(await fixture(new Seed(request, server.url, "demo")));
      await request.dispose();
    },
    { scope: "worker", timeout: 180_000 },
  ],
  /** Reads the project that was made. */
  reader: async ({ request, server, made }, provide) => {
    await provide(new Seed(request, server.url, made.project));
  },
});
