import { pages, test } from "./pages.ts";
import type { Seed } from "./seed.ts";
import { drawn, expect } from "./steps.ts";

const stored = ["functions", "tasks", "runs", "triggers", "dataitems", "models", "artifacts", "secrets"];

/** Pages of one entity, whose tabs are all opened, and the pages of the whole project. */
const read = ["function", "run", "trigger", "dataitem", "model", "artifact", "settings", "account", "overview"];

test("10 every tab of every entity's page is read, and nothing is written", async ({ page, server, made, reader }) => {
  test.setTimeout(180_000);
  const all = async (seed: Seed) => {
    const entities = stored.map((each) => seed.read(`-/${made.project}/${each}?versions=all&size=100`));
    return Promise.all([seed.read(`projects/${made.project}`), ...entities]);
  };
  const before = await all(reader);
  const writes: string[] = [];
  page.on("request", (request) => {
    if (request.method() !== "GET") writes.push(`${request.method()} ${request.url()}`);
  });
  for (const name of read) {
    await page.goto(server.console + (pages[name]?.(made) ?? "nowhere"));
    await drawn(page);
    const tabs = page.getByRole("main").getByRole("tab");
    for (let at = 0; at < (await tabs.count()); at++) {
      await tabs.nth(at).click();
      await expect(tabs.nth(at)).toHaveAttribute("aria-selected", "true");
      await drawn(page);
    }
  }
  expect(writes).toEqual([]);
  expect(await all(reader)).toEqual(before);
});
