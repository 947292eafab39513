import { GitCompareArrows, Logs, RotateCw, Square, Trash2 } from "lucide-react";
import type { Messages } from "../../i18n/language.ts";
import { lives, newerFirst, type RunDoc } from "./run.ts";
import { mostCompared } from "./search.ts";

/** What can be done with a run, wherever it is offered: header, row, bulk bar, keys. */
export type RunAction = "rerun" | "clone" | "stop" | "logs" | "compare" | "delete";

/** Why a run cannot be stopped now; undefined when it can. */
export function stopBlock(m: Messages, run: Pick<RunDoc, "status">): string | undefined {
  if (run.status.state === "STOP") return m.runs.why.stopping;
  if (run.status.state === "DELETING") return m.runs.why.deleting;
  if (run.status.state === "DELETED") return m.runs.why.gone;
  return lives(run) ? undefined : m.runs.why.ended;
}

/** Why a run cannot be started again from here; undefined when it can. */
export function rerunBlock(m: Messages, run: Pick<RunDoc, "spec" | "status">): string | undefined {
  if (run.status.state === "DELETED") return m.runs.why.gone;
  return run.spec.local_execution === true ? m.runs.why.local : undefined;
}

/** Why these runs cannot be compared; undefined when they can. */
export function compareBlock(m: Messages, count: number): string | undefined {
  if (count < 2) return m.runs.why.compareFew;
  return count > mostCompared ? m.runs.why.compareMany(mostCompared) : undefined;
}

/** The ids of runs as a comparison begins with them: the oldest is the baseline. */
export function comparedIds(list: readonly Pick<RunDoc, "id" | "metadata">[]): readonly string[] {
  return list
    .toSorted(newerFirst)
    .toReversed()
    .map((run) => run.id);
}

/** The icon and the single key of each action. */
export const runActions = {
  rerun: { icon: RotateCw, shortcut: "r" },
  stop: { icon: Square, shortcut: "s" },
  logs: { icon: Logs, shortcut: "l" },
  compare: { icon: GitCompareArrows, shortcut: "d" },
  delete: { icon: Trash2, shortcut: undefined },
} as const;
