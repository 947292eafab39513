import { expect, test } from "vitest";
import { isNew, newestEnded, stretch } from "./facts.ts";
import type { SummaryDoc } from "./queries.ts";

const run = (id: string, state: string, created: string, finished?: string) => ({
  id,
  name: id,
  kind: "python+job:run",
  action: "job",
  user: "",
  state,
  created,
  since: finished ?? created,
  durations: { queued: 0, starting: 0, running: 0 },
  ...(finished !== undefined && { finished_at: finished }),
});

const summary = (
  states: Record<string, number>,
  triggers: number,
  runs: ReturnType<typeof run>[] = [],
): SummaryDoc => ({
  project: "p",
  now: "2026-01-01T12:00:00Z",
  counts: [{ entity: "trigger", total: triggers, exact: true }],
  changed: [],
  next: [],
  triggers: [],
  runs: {
    states,
    recent: { total: 0, exact: true, states: {}, from: "", to: "", step: 1, buckets: [] },
    attention: [],
    engines: [],
    more: false,
    timeline: [{ entity: "function", name: "f", runs }],
  },
});

test("a project is new while little was run and nothing is scheduled", () => {
  expect(isNew(summary({}, 0))).toBe(true);
  expect(isNew(summary({ COMPLETED: 3, ERROR: 2 }, 0))).toBe(true);
  expect(isNew(summary({ COMPLETED: 3, ERROR: 3 }, 0))).toBe(false);
  expect(isNew(summary({ COMPLETED: 1 }, 1))).toBe(false);
});

test("a run lies where it began and ended; a live one lasts until the end of the span", () => {
  const from = Date.parse("2026-01-01T10:00:00Z");
  const to = Date.parse("2026-01-01T12:00:00Z");
  expect(stretch(run("a", "COMPLETED", "2026-01-01T10:30:00Z", "2026-01-01T11:00:00Z"), from, to)).toEqual({
    at: 0.25,
    size: 0.25,
  });
  expect(stretch(run("b", "RUNNING", "2026-01-01T11:00:00Z"), from, to)).toEqual({ at: 0.5, size: 0.5 });
  expect(stretch(run("c", "COMPLETED", "2026-01-01T09:00:00Z", "2026-01-01T11:00:00Z"), from, to)).toEqual({
    at: 0,
    size: 0.5,
  });
});

test("the newest run that ended is found across lines", () => {
  const runs = [
    run("live", "RUNNING", "2026-01-01T11:30:00Z"),
    run("late", "ERROR", "2026-01-01T11:00:00Z", "2026-01-01T11:01:00Z"),
    run("early", "COMPLETED", "2026-01-01T10:00:00Z", "2026-01-01T10:01:00Z"),
  ];
  expect(newestEnded(summary({}, 0, runs))?.id).toBe("late");
  expect(newestEnded(summary({}, 0))).toBeUndefined();
});
