// Runs axe-core in the page: no violation of WCAG A or AA may be left after a step that changes it. Every rule is asked
// of each page, of what opens over it and of each component in each of its states (40-axe, components), in both themes.
// The journeys ask of what only their steps bring about, but not for colours and sizes: those belong to the components,
// and take longer than all other rules together.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, type Page } from "@playwright/test";
import type { AxeResults, RunOptions } from "axe-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Every rule of WCAG A and AA. */
export const all: RunOptions = {
  runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
  resultTypes: ["violations"],
  preload: false, // no rule asked for reads style sheets, and a server that is away has none
};

/** All but colours and sizes: what a step can break in parts that are right by themselves. */
const ofStructure: RunOptions = {
  ...all,
  rules: {
    "color-contrast": { enabled: false },
    "link-in-text-block": { enabled: false },
    "target-size": { enabled: false },
  },
};

/** The rules that a theme can break: all else is the same in the other one. */
export const ofColours: RunOptions = {
  runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] },
  resultTypes: ["violations"],
  preload: false,
};

interface WithAxe {
  axe?: { run: (run: RunOptions) => Promise<AxeResults> };
}

/** Fails with each violation on a line. */
export async function expectAccessible(page: Page, asked = ofStructure): Promise<void> {
  expect(await violations(page, asked)).toEqual([]);
}

/** The violations of a page, each in a line. */
export async function violations(page: Page, asked = all): Promise<string[]> {
  const run = () =>
    page.evaluate(async (rules) => {
      // Colours are judged when they have arrived: a transition under way has colours of neither end.
      await Promise.all(
        document
          .getAnimations()
          .filter((each) => each.effect?.getComputedTiming().iterations !== Infinity)
          .map((each) => each.finished.catch(() => {})),
      );
      return (await (globalThis as unknown as WithAxe).axe?.run(rules))?.violations;
    }, asked);
  let found = await run();
  if (found === undefined) {
    // Evaluated by the debugger, not added as a script, so the page's policy stays untouched; once for each document.
    await page.evaluate(source);
    found = await run();
  }
  if (found === undefined) throw new Error("axe-core is not there");
  return found.map(
    (each) => `${each.id}: ${each.nodes.map((node) => `${node.html} (${node.failureSummary ?? ""})`).join(" | ")}`,
  );
}
