import { decodeText } from "../../lib/base64.ts";
import { member } from "../../lib/json.ts";
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

/** The inline code of a run, as text; undefined where there is none. */
export function codeOf(run: RunDoc): { text: string; language: string } | undefined {
  const source = run.spec["source"];
  const base64 = member(source, "base64");
  const plain = member(source, "code");
  const text = typeof base64 === "string" ? decodeText(base64) : typeof plain === "string" ? plain : undefined;
  const lang = member(source, "lang");
  return text === undefined ? undefined : { text, language: typeof lang === "string" ? lang : "python" };
}

/** The line of a log that the address names: #L120. */
export function lineOf(hash: string): number | undefined {
  const match = /^#?L(\d+)$/.exec(hash);
  return match === null ? undefined : Number(match[1]);
}
