/** What is counted of a run. */
export interface CountedRun {
  status: {
    state: string;
    durations?: { queued: number; starting: number; total?: number };
  };
}

/** How the newest runs of a function fared; times in milliseconds, each undefined where no run tells it. */
export interface RunFacts {
  /** Runs that came to an end of their own, and how many of those succeeded. */
  ended: number;
  good: number;
  /** Of those that succeeded: how long half of them took at most, and 95 of 100. */
  p50: number | undefined;
  p95: number | undefined;
  /** How long half of those that ended waited, and were being started. */
  queued: number | undefined;
  starting: number | undefined;
}

/** The value that a share of the values does not exceed, by the nearest rank. */
export function percentile(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/** Sums up runs; those that still live, or were stopped by somebody, say nothing about success. */
export function runFacts(runs: readonly CountedRun[]): RunFacts {
  const good = runs.filter(({ status }) => status.state === "COMPLETED");
  const ended = runs.filter(({ status }) => status.state === "COMPLETED" || status.state === "ERROR");
  const of = (list: readonly CountedRun[], phase: "queued" | "starting" | "total") =>
    list.flatMap(({ status }) => {
      const seconds = status.durations?.[phase];
      return seconds === undefined ? [] : [seconds * 1000];
    });
  const times = of(good, "total");
  return {
    ended: ended.length,
    good: good.length,
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
    queued: percentile(of(ended, "queued"), 0.5),
    starting: percentile(of(ended, "starting"), 0.5),
  };
}
