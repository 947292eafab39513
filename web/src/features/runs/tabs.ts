import type { RunDoc } from "./run.ts";

/** The parts of a run's page, in their order. */
export const runTabs = [
  "summary",
  "logs",
  "io",
  "metrics",
  "resources",
  "events",
  "spec",
  "code",
  "lineage",
  "extensions",
] as const;
export type RunTab = (typeof runTabs)[number];

/** The parts that a run has: extensions only where some were sent with it. */
export function tabsOf(run: RunDoc): readonly RunTab[] {
  return runTabs.filter((tab) => tab !== "extensions" || (run.extensions ?? []).length > 0);
}

/** The tab that a URL names; anything else is the first. */
export function tabOf(text: string | undefined): RunTab {
  return runTabs.find((tab) => tab === text) ?? "summary";
}

/** The line of a log that the address names: #L120. */
export function lineOf(hash: string): number | undefined {
  const match = /^#?L(\d+)$/.exec(hash);
  return match === null ? undefined : Number(match[1]);
}
