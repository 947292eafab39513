import { isLive } from "../../ui/status/status.ts";
import type { SummaryDoc } from "./queries.ts";

type Brief = SummaryDoc["runs"]["timeline"][number]["runs"][number];

/** How many runs a project has had, whatever became of them. */
export function runsEver(summary: SummaryDoc): number {
  return Object.values(summary.runs.states).reduce((sum, count) => sum + count, 0);
}

/** How many entities of a type there are. */
export function countOf(summary: SummaryDoc, entity: string): number {
  return summary.counts.find((count) => count.entity === entity)?.total ?? 0;
}

/** The most runs with which a project still counts as new. */
const fewRuns = 5;

/** Whether the first steps are worth showing: little was run, and nothing is scheduled. */
export function isNew(summary: SummaryDoc): boolean {
  return runsEver(summary) <= fewRuns && countOf(summary, "trigger") === 0;
}

/** Where a run lies in a span of time, as shares of it; what has not ended lasts until the span's end. */
export function stretch(run: Brief, from: number, to: number): { at: number; size: number } {
  const share = (time: number) => Math.min(1, Math.max(0, (time - from) / Math.max(1, to - from)));
  const end =
    run.finished_at === undefined ? (isLive(run.state) ? to : Date.parse(run.since)) : Date.parse(run.finished_at);
  const at = share(Date.parse(run.created));
  return { at, size: Math.max(0, share(end) - at) };
}

/** The newest run of the span that has ended. */
export function newestEnded(summary: SummaryDoc): Brief | undefined {
  return summary.runs.timeline
    .flatMap((lane) => lane.runs)
    .filter((run) => !isLive(run.state))
    .sort((a, b) => b.created.localeCompare(a.created))[0];
}
