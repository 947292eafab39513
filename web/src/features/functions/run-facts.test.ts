import { expect, test } from "vitest";
import { percentile, runFacts } from "./run-facts.ts";

const run = (state: string, total?: number, queued = 1, starting = 2) => ({
  status: { state, durations: { queued, starting, ...(total !== undefined && { total }) } },
});

test("a percentile is a value that was measured", () => {
  expect(percentile([], 0.5)).toBeUndefined();
  expect(percentile([7], 0.95)).toBe(7);
  expect(percentile([4, 1, 3, 2], 0.5)).toBe(2);
  const hundred = Array.from({ length: 100 }, (_, i) => i + 1);
  expect(percentile(hundred, 0.5)).toBe(50);
  expect(percentile(hundred, 0.95)).toBe(95);
});

test("success counts what ended by itself, durations what succeeded", () => {
  expect(
    runFacts([run("COMPLETED", 10), run("COMPLETED", 30, 5, 8), run("ERROR", 0.1), run("RUNNING"), run("STOPPED", 99)]),
  ).toEqual({ ended: 3, good: 2, p50: 10_000, p95: 30_000, queued: 1000, starting: 2000 });
});

test("a function that never ran tells nothing", () => {
  expect(runFacts([])).toEqual({
    ended: 0,
    good: 0,
    p50: undefined,
    p95: undefined,
    queued: undefined,
    starting: undefined,
  });
});
