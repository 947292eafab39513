import type { Schema } from "../../api/client.ts";
import { parseExecRef } from "../../lib/exec-ref.ts";
import { isObject, member } from "../../lib/json.ts";
import { isLive } from "../../ui/status/status.ts";

export { briefValue } from "../../lib/json.ts";

export type RunDoc = Schema<"Run">;

/** A row of the list: a run without what makes it large, what it executes, and the last value of each metric. */
export type RunRow = RunDoc & { function?: Schema<"RunExecutable">; metrics?: Readonly<Record<string, number>> };

/** What a run executes, as its reference says: python://project/name:id. */
export interface Executable {
  entity: "function" | "workflow";
  kind: string;
  name: string;
  id: string;
}

/** Reads what a run executes; undefined if its reference is none. */
export function executableOf(run: Pick<RunDoc, "spec">): Executable | undefined {
  for (const entity of ["function", "workflow"] as const) {
    const read = parseExecRef(run.spec[entity]);
    if (read !== undefined) return { entity, ...read };
  }
  return undefined;
}

/** The action of a run's kind: job of python+job:run. */
export function actionOf(kind: string): string {
  return /\+([^:]+)/.exec(kind)?.[1] ?? kind;
}

/** What a run is for the vocabulary of states: a service is up where a job runs. */
export function statusEntity(kind: string): "run" | "service" {
  return ["serve", "deploy"].includes(actionOf(kind)) ? "service" : "run";
}

/** Where the time of a run went, in milliseconds. total grows by itself while the run lives. */
export interface Spent {
  queued: number;
  starting: number;
  running: number;
  total: number;
}

/** Splits the time of a run; a phase that still lasts is counted up to now. */
export function spent(run: Pick<RunDoc, "status" | "metadata">, now: number): Spent {
  const d = run.status.durations ?? { queued: 0, starting: 0, running: 0 };
  const parts = { queued: d.queued * 1000, starting: d.starting * 1000, running: d.running * 1000 };
  if (d.total !== undefined) return { ...parts, total: d.total * 1000 };
  const since = Date.parse(run.status.transitions?.[0]?.time ?? run.metadata.created ?? "");
  const lasts = Number.isNaN(since) ? 0 : Math.max(0, now - since);
  const state = run.status.state;
  if (state === "PENDING") parts.starting += lasts;
  else if (executes(run)) parts.running += lasts;
  else parts.queued += lasts;
  return { ...parts, total: parts.queued + parts.starting + parts.running };
}

/** Whether a run still changes by itself; a paused one does not. */
export function lives(run: Pick<RunDoc, "status">): boolean {
  return isLive(run.status.state);
}

/** Whether processes of a run are there now. */
export function executes(run: Pick<RunDoc, "status">): boolean {
  return ["RUNNING", "STOP", "RESUME"].includes(run.status.state);
}

/** When a run was created, "" when that is not known. */
export function createdOf(run: Pick<RunDoc, "metadata"> | undefined): string {
  return run?.metadata.created ?? "";
}

/** Orders runs by when they were created. Moments are written so that their letters stand in their order. */
export function newerFirst(a: Pick<RunDoc, "metadata">, b: Pick<RunDoc, "metadata">): number {
  const [one, other] = [createdOf(a), createdOf(b)];
  return one === other ? 0 : one < other ? 1 : -1;
}

/** The last value of each metric. */
export function lastMetrics(run: Pick<RunDoc, "status">): readonly (readonly [string, number])[] {
  return Object.entries(run.status.metrics ?? {}).flatMap(([name, value]) => {
    const last = Array.isArray(value) ? value.at(-1) : value;
    return typeof last === "number" ? [[name, last] as const] : [];
  });
}

/** The parameters of a run. */
export function parametersOf(run: Pick<RunDoc, "spec">): Readonly<Record<string, unknown>> {
  return isObject(run.spec.parameters) ? run.spec.parameters : {};
}

/** The memory that a run may use, as it was asked for; undefined where there is no limit. */
export function memoryLimit(run: Pick<RunDoc, "spec">): string | undefined {
  const mem = member(run.spec["resources"], "mem");
  if (typeof mem === "string" || typeof mem === "number") return String(mem);
  const limit = member(mem, "limits") ?? member(mem, "requests");
  return typeof limit === "string" || typeof limit === "number" ? String(limit) : undefined;
}
