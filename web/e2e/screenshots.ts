// Pictures of every page, light and dark, at three widths: npm run screenshots. They are looked at, not compared.
import { join } from "node:path";
import { test } from "./steps.ts";

const folder = join(import.meta.dirname, "../../.cache/screenshots");
const widths = [390, 900, 1440];

interface Shot {
  name: string;
  path: (project: string) => string;
  ready: string;
}

const shots: readonly Shot[] = [
  { name: "projects", path: () => "", ready: "Projects" },
  { name: "new-project", path: () => "?create=true", ready: "Projects" },
  { name: "functions", path: (project) => `p/${project}/functions`, ready: "Functions" },
  { name: "function", path: (project) => `p/${project}/functions/hello`, ready: "hello" },
  { name: "not-found", path: () => "p/nowhere", ready: "Not found" },
];

for (const theme of ["light", "dark"] as const) {
  test(`screenshots, ${theme}`, async ({ page, server, seed }) => {
    test.setTimeout(180_000);
    await seed.createVersions("hello", 7, ["demo", "etl"]);
    for (const name of ["train", "evaluate", "clean-recordings"]) await seed.createFunction(name, { labels: ["ml"] });
    await page.emulateMedia({ colorScheme: theme });
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      for (const { name, path, ready } of shots) {
        await page.goto(server.console + path(seed.project));
        await page.getByRole("heading", { level: 1, name: ready, includeHidden: true }).waitFor();
        await page.waitForLoadState("load");
        await page.screenshot({ path: join(folder, `${name}-${theme}-${width}.png`), animations: "disabled" });
      }
    }
  });
}
