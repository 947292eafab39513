import { expect, test } from "vitest";
import { actionOf, executableOf, memoryLimit, type RunDoc, spent } from "./run.ts";
import { grouped, groupLabel } from "./grouping.ts";
import { staysOf } from "./stays.ts";
import type { RunRow } from "./run.ts";

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const run = (state: string, durations: object, transitions: object[]) =>
  ({ metadata: { created: at(0) }, status: { state, durations, transitions } }) as unknown as RunDoc;

test("the time of an ended run is its parts, whatever the clock says", () => {
  const ended = run("COMPLETED", { queued: 1, starting: 2, running: 3.5, total: 6.5 }, [
    { status: "COMPLETED", time: at(7) },
  ]);
  expect(spent(ended, Date.now())).toEqual({ queued: 1000, starting: 2000, running: 3500, total: 6500 });
});

test.each([
  ["READY", { queued: 5000, starting: 0, running: 0, total: 5000 }],
  ["PENDING", { queued: 0, starting: 5000, running: 0, total: 5000 }],
  ["RUNNING", { queued: 0, starting: 0, running: 5000, total: 5000 }],
])("in %s the phase that lasts is counted up to now", (state, time) => {
  expect(
    spent(run(state, { queued: 0, starting: 0, running: 0 }, [{ status: state, time: at(5) }]), Date.parse(at(10))),
  ).toEqual(time);
});

test("each state lasts until the next; the last one until now while the run lives", () => {
  const steps = [
    { status: "RUNNING", time: at(4) },
    { status: "READY", time: at(1) },
    { status: "CREATED", time: at(0) },
  ];
  const stays = staysOf(run("RUNNING", {}, steps), Date.parse(at(10)));
  expect(stays.map((stay) => [stay.state, stay.time])).toEqual([
    ["CREATED", 1000],
    ["READY", 3000],
    ["RUNNING", 6000],
  ]);
  expect(staysOf(run("COMPLETED", {}, steps), 0).at(-1)?.time).toBeUndefined();
});

test("references, actions and limits are read as they are written", () => {
  const spec = { function: "python://demo/my.train+x:abc" };
  expect(executableOf({ spec })).toEqual({ entity: "function", kind: "python", name: "my.train+x", id: "abc" });
  expect(executableOf({ spec: { function: "nonsense" } })).toBeUndefined();
  expect(actionOf("python+job:run")).toBe("job");
  expect(
    [{ mem: "2Gi" }, { mem: { limits: "4Gi", requests: "1Gi" } }, {}].map((resources) =>
      memoryLimit({ spec: { resources } }),
    ),
  ).toEqual(["2Gi", "4Gi", undefined]);
});

test("a sweep's label goes before others, and runs without a group come last", () => {
  expect(groupLabel(["ml", "sweep:x"])).toBe("sweep:x");
  const row = (id: string, labels: string[]) => ({ id, metadata: { labels } }) as unknown as RunRow;
  const rows = [row("1", []), row("2", ["a"]), row("3", ["b"]), row("4", ["a"])];
  expect(grouped(rows, "label").map((each) => each.id)).toEqual(["2", "4", "3", "1"]);
});

test("rows sorted by what groups them stand newest first in each group; others keep the order of the list", () => {
  const row = (id: string, name: string, second: number) =>
    ({ id, function: { name }, metadata: { created: at(second) }, status: {} }) as unknown as RunRow;
  // One version of the function after the other, as the server sorts by function.
  const rows = [row("1", "load", 9), row("2", "train", 1), row("3", "train", 7), row("4", "train", 3)];
  const ids = (...sort: string[]) => grouped(rows, "function", sort).map((each) => each.id);
  expect(ids("function,asc")).toEqual(["1", "3", "4", "2"]);
  expect(ids("function,asc", "duration,asc")).toEqual(["1", "2", "3", "4"]);
  expect(ids("duration,asc")).toEqual(["1", "2", "3", "4"]);
  expect(ids()).toEqual(["1", "2", "3", "4"]);
  expect(grouped(rows, undefined, undefined)).toBe(rows);
});
