import { tanstackRouter } from "@tanstack/router-plugin/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { routes } from "./routes.ts";
import { directImports } from "./tools/direct-imports.ts";
import { firstPaint } from "./tools/first-paint.ts";
import { noStories } from "./tools/no-stories.ts";

const server = process.env["DHUB_URL"] ?? "http://127.0.0.1:8080";
const proxied = ["/api", "/openapi.json", "/.well-known", "/s3", "/healthz"];

/** The start and the page that is seen first. */
const firstPage = /\/web\/src\/(app\/main\.tsx$|features\/projects\/list\.route\.tsx\?tsr-split)/;

interface Modules {
  getModuleInfo: (id: string) => { importers: readonly string[] } | null;
}

/** Whether the first page imports a module: what it cannot do without is one file, as small ones compress worse. */
function isNeededFirst(id: string, modules: Modules, seen = new Set<string>([id])): boolean {
  return (modules.getModuleInfo(id)?.importers ?? []).some((importer) => {
    if (firstPage.test(importer)) return true;
    if (seen.has(importer)) return false;
    seen.add(importer);
    return isNeededFirst(importer, modules, seen);
  });
}

export default defineConfig({
  // Relative, so that one build serves under any base path; the server writes <base href>.
  base: "./",
  plugins: [
    directImports(),
    tanstackRouter({
      target: "react",
      virtualRouteConfig: routes,
      routesDirectory: "./src",
      generatedRouteTree: "./src/app/routeTree.gen.ts",
      autoCodeSplitting: true,
      // What a page reads comes with the page; the start knows addresses alone.
      codeSplittingOptions: { defaultBehavior: [["loader", "component"], ["errorComponent"], ["notFoundComponent"]] },
      quoteStyle: "double",
      semicolons: true,
    }),
    react(),
    firstPaint(),
    noStories(),
  ],
  build: {
    outDir: "../internal/web/dist/console",
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2023",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // The editor, the graph and the charts are islands; budget.mjs judges sizes, not this warning.
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      // A part that one page loads late may lie in another's own file; how long plugins took is of no use to who builds.
      checks: { ineffectiveDynamicImport: false, pluginTimings: false },
      output: {
        codeSplitting: {
          groups: [{ debugName: "start", name: (id, modules) => (isNeededFirst(id, modules) ? "start" : null) }],
        },
      },
    },
  },
  css: { modules: { localsConvention: "camelCaseOnly" } },
  server: { proxy: Object.fromEntries(proxied.map((path) => [path, server])) },
  test: {
    css: { modules: { classNameStrategy: "non-scoped" } },
    // A loaded machine is slow, and no test asserts a time.
    testTimeout: 30_000,
    restoreMocks: true,
    unstubGlobals: true,
    maxWorkers: "100%",
    // A document costs each file half a second: only tests that need one are *.test.tsx.
    projects: [
      {
        extends: true,
        test: {
          name: "logic",
          include: ["src/**/*.test.ts", "bench/*.test.ts"],
          environment: "node",
          setupFiles: ["src/testing/words.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "parts",
          include: ["src/**/*.test.tsx"],
          environment: "happy-dom",
          setupFiles: ["src/testing/words.ts", "src/testing/cleanup.ts"],
        },
      },
    ],
  },
});
