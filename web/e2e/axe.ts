// Runs axe-core in the page: no violation of WCAG A or AA may be left after a step that changes it.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page } from "@playwright/test";
import type { AxeResults, RunOptions } from "axe-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const options: RunOptions = {
  runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
};

/** Fails with each violation on a line. */
export async function expectAccessible(page: Page): Promise<void> {
  // Colours are judged when they have arrived: a transition under way has colours of neither end.
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((each) => each.effect?.getComputedTiming().iterations !== Infinity)
        .map((each) => each.finished.catch(() => {})),
    ),
  );
  // Evaluated by the debugger, not added as a script, so the page's policy stays untouched.
  const results = await page.evaluate<AxeResults, [string, RunOptions]>(
    async ([code, run]) => {
      const scope = globalThis as unknown as { axe?: { run: (run: RunOptions) => Promise<AxeResults> } };
      // oxlint-disable-next-line no-eval -- the text of axe-core, in a page under test
      if (scope.axe === undefined) (0, eval)(code);
      if (scope.axe === undefined) throw new Error("axe-core is not there");
      return scope.axe.run(run);
    },
    [source, options],
  );
  expect(
    results.violations.map(
      (each) => `${each.id}: ${each.nodes.map((node) => `${node.html} (${node.failureSummary ?? ""})`).join(" | ")}`,
    ),
  ).toEqual([]);
}
