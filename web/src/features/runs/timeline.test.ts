import { expect, test } from "vitest";
import { barOf } from "./timeline.ts";

const second = 1000;
const noon = Date.parse("2026-01-01T12:00:00.000Z");
const iso = (at: number) => new Date(at).toISOString();

function run(
  created: number,
  state: string,
  durations: { queued: number; starting: number; running: number },
  total?: number,
) {
  return {
    metadata: { created: iso(created) },
    status: {
      state,
      durations: { ...durations, ...(total !== undefined && { total }) },
      transitions: [
        { status: state, time: iso(created + (durations.queued + durations.starting) * second), message: "" },
      ],
    },
  } as unknown as Parameters<typeof barOf>[0];
}

test("the phases of a run stand after each other, as shares of the span", () => {
  const bar = barOf(
    run(noon, "COMPLETED", { queued: 1, starting: 2, running: 3 }, 6),
    { from: noon - 4 * second, to: noon + 6 * second },
    0,
  );
  expect(bar?.parts.map(({ phase, at, size }) => [phase, at.toFixed(2), size.toFixed(2)])).toEqual([
    ["queued", "0.40", "0.10"],
    ["starting", "0.50", "0.20"],
    ["running", "0.70", "0.30"],
  ]);
  expect(bar?.end).toBe(noon + 6 * second);
  expect(bar?.until).toBe(1);
});

test("what lies beyond the span is cut off, and a phase without time is absent", () => {
  const bar = barOf(
    run(noon, "COMPLETED", { queued: 0, starting: 0, running: 600 }, 600),
    { from: noon - 5 * second, to: noon + 5 * second },
    0,
  );
  expect(bar?.parts).toEqual([{ phase: "running", at: 0.5, size: 0.5 }]);
  expect(bar?.end).toBe(noon + 600 * second);
});

test("a run that lives ends now", () => {
  const bar = barOf(
    run(noon, "RUNNING", { queued: 1, starting: 1, running: 0 }),
    { from: noon, to: noon + 10 * second },
    noon + 5 * second,
  );
  expect(bar?.end).toBe(noon + 5 * second);
  expect(bar?.until).toBe(0.5);
});

test("a run without a time has no bar", () => {
  const { status } = run(noon, "CREATED", { queued: 0, starting: 0, running: 0 });
  expect(
    barOf({ metadata: {}, status: { ...status, transitions: [] } } as never, { from: 0, to: 1 }, 0),
  ).toBeUndefined();
});
