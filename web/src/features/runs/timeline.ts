import { type RunDoc, spent } from "./run.ts";

/** A span of time in milliseconds. */
export interface TimeSpan {
  from: number;
  to: number;
}

export const phases = ["queued", "starting", "running"] as const;
export type Phase = (typeof phases)[number];

/** A phase of a run as a part of the span shown, both as shares of it. */
export interface BarPart {
  phase: Phase;
  at: number;
  size: number;
}

/** A run as a bar over a span of time. */
export interface Bar {
  begin: number;
  /** The present for a run that still lives. */
  end: number;
  /** Where the bar ends within the span, as a share of it. */
  until: number;
  /** What of it lies within the span; a phase that took no time is absent. */
  parts: readonly BarPart[];
}

/** Lays a run out over a span; undefined for one that says not when it was created. */
export function barOf(run: Pick<RunDoc, "status" | "metadata">, { from, to }: TimeSpan, now: number): Bar | undefined {
  const begin = Date.parse(run.metadata.created ?? run.status.transitions?.[0]?.time ?? "");
  if (Number.isNaN(begin)) return undefined;
  const time = spent(run, now);
  const length = Math.max(1, to - from);
  const share = (moment: number) => Math.min(1, Math.max(0, (moment - from) / length));
  let at = begin;
  const parts = phases.flatMap((phase): BarPart[] => {
    const start = share(at);
    at += time[phase];
    const size = share(at) - start;
    return time[phase] > 0 ? [{ phase, at: start, size }] : [];
  });
  return { begin, end: begin + time.total, until: share(begin + time.total), parts };
}
