import { expect, test } from "vitest";
import { courseOf, paceOf } from "./usage.ts";

const begun = Date.parse("2026-11-23T10:00:00Z");
const time = (seconds: number) => new Date(begun + seconds * 1000).toISOString();
const sample = (at: number, cpu: number, memory: number) => ({
  time: time(at),
  cpu_seconds: cpu,
  memory_bytes: memory,
});
const run = (...states: [string, number][]) => ({
  status: {
    state: states.at(-1)?.[0] ?? "READY",
    transitions: states.map(([status, at]) => ({ status, time: time(at) })).toReversed(),
  },
});

test("cores are the differences of processor time, also where samples lie unevenly", () => {
  const samples = [sample(0, 0, 0), sample(0.5, 0.25, 100), sample(2.5, 4.25, 200), sample(4.5, 4.25, 50)];
  const course = courseOf({ samples }, run());
  expect(course?.at).toEqual([0, 0.5, 2.5, 4.5]);
  expect(course?.cores).toEqual([undefined, 0.5, 2, 0]);
  expect(course?.memory).toEqual([0, 100, 200, 50]);
});

test("one sample makes no line", () => {
  expect(courseOf({ samples: [] }, run())).toBeUndefined();
  expect(courseOf({ samples: [sample(0, 0, 0)] }, run())).toBeUndefined();
});

test("phases are drawn where they fall into the samples, and a little before", () => {
  const samples = [sample(0, 0, 0), sample(10, 1, 1)];
  const states: [string, number][] = [
    ["CREATED", -600],
    ["READY", -599],
    ["PENDING", -1],
    ["RUNNING", 0.5],
  ];
  expect(courseOf({ samples }, run(...states, ["COMPLETED", 10.25]))?.bands).toEqual([
    { phase: "queued", from: -2, to: -1 },
    { phase: "starting", from: -1, to: 0.5 },
    { phase: "running", from: 0.5, to: 10 },
  ]);
  // A run that lives has no end yet; asking it to stop is no phase of its own.
  expect(courseOf({ samples }, run(...states, ["STOP", 4]))?.bands.at(-1)).toEqual({
    phase: "running",
    from: 0.5,
    to: 10,
  });
});

test("the samples of an earlier attempt have its phases alone", () => {
  const samples = [sample(0, 0, 0), sample(5, 1, 1)];
  const states: [string, number][] = [
    ["PENDING", -3],
    ["RUNNING", 0],
    ["READY", 6],
    ["PENDING", 9],
    ["RUNNING", 10],
  ];
  expect(courseOf({ samples }, run(...states))?.bands).toEqual([
    { phase: "starting", from: -1, to: 0 },
    { phase: "running", from: 0, to: 5 },
  ]);
});

test("what lies far apart is read anew no sooner than something new can be there, the first soon", () => {
  expect([0, 1, 3, 5, 90].map((reads) => paceOf({ samples: [] }, reads))).toEqual([1000, 1000, 3000, 5000, 5000]);
  expect(paceOf({ samples: [sample(0, 0, 0), sample(0.25, 0, 0)] }, 1)).toBe(5000);
  expect(paceOf({ samples: [sample(0, 0, 0), sample(40, 0, 0), sample(104, 0, 0)] }, 1)).toBe(64_000);
});
