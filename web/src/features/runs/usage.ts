import type { Schema } from "../../api/client.ts";
import type { RunDoc } from "./run.ts";

type Usage = Schema<"RunUsage">;

/** A phase of a run within what is drawn, in seconds from the first sample. */
export interface Band {
  phase: "queued" | "starting" | "running";
  from: number;
  to: number;
}

/** What an attempt used, by seconds from its first sample. */
export interface Course {
  at: readonly number[];
  /** Cores in use since the sample before; the first has none before it. */
  cores: readonly (number | undefined)[];
  memory: readonly number[];
  bands: readonly Band[];
}

const phaseOf: Readonly<Record<string, Band["phase"]>> = {
  CREATED: "queued",
  BUILT: "queued",
  READY: "queued",
  PENDING: "starting",
  RUNNING: "running",
  STOP: "running",
  RESUME: "running",
};

/** How much of what is drawn may lie before the first sample, so that a long wait does not press the rest together. */
const before = 0.2;

/** Reads the samples of an attempt; undefined where there are too few for a line. */
export function courseOf({ samples }: Pick<Usage, "samples">, run: Pick<RunDoc, "status">): Course | undefined {
  const [first] = samples;
  const last = samples.at(-1);
  if (first === undefined || last === undefined || samples.length < 2) return undefined;
  const zero = Date.parse(first.time);
  const seconds = (time: string) => (Date.parse(time) - zero) / 1000;
  const at = samples.map(({ time }) => seconds(time));
  const end = seconds(last.time);
  return {
    at,
    cores: samples.map(({ cpu_seconds: used }, index) => {
      const earlier = samples[index - 1];
      const took = (at[index] ?? 0) - (at[index - 1] ?? 0);
      return earlier === undefined || took <= 0 ? undefined : Math.max(0, used - earlier.cpu_seconds) / took;
    }),
    memory: samples.map(({ memory_bytes: held }) => held),
    bands: bandsOf(run, seconds, -before * end, end),
  };
}

/** The phases between two moments. */
function bandsOf(run: Pick<RunDoc, "status">, seconds: (time: string) => number, from: number, to: number): Band[] {
  const bands: Band[] = [];
  const list = (run.status.transitions ?? []).toReversed();
  for (const [index, { status, time }] of list.entries()) {
    const phase = phaseOf[status];
    const next = list[index + 1];
    const begins = Math.max(from, seconds(time));
    const ends = next === undefined ? to : Math.min(to, seconds(next.time));
    if (phase === undefined || !(ends > begins)) continue;
    const last = bands.at(-1);
    if (last?.phase === phase && last.to === begins) last.to = ends;
    else bands.push({ phase, from: begins, to: ends });
  }
  return bands;
}

const quickest = 5000;

/**
 * How long what is measured may be shown as it is: as far as the samples lie apart, and five seconds at least. The
 * first ones are looked for sooner, each time a second later.
 */
export function paceOf(usage: Pick<Usage, "samples"> | undefined, reads: number): number {
  const [one, other] = usage?.samples.slice(-2) ?? [];
  if (one === undefined || other === undefined) return Math.min(quickest, 1000 * Math.max(1, reads));
  return Math.max(quickest, Date.parse(other.time) - Date.parse(one.time));
}

/** An amount of cores as far as it says something: two digits of few, three of many. */
export function roughly(cores: number): number {
  return Number(cores.toPrecision(cores < 10 ? 2 : 3));
}
