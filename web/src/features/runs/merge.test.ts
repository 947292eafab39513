import { expect, test } from "vitest";
import { mergeRuns } from "./merge.ts";
import type { RunPage } from "./queries.ts";
import type { RunRow } from "./run.ts";

const row = (id: string, created: string, state = "RUNNING") =>
  ({ id, metadata: { created }, status: { state } }) as unknown as RunRow;
const pageOf = (content: RunRow[], next?: string) =>
  ({ content, totalElements: 10, ...(next !== undefined && { next }) }) as unknown as RunPage;
const list = (...pages: RunPage[]) => ({ pages, pageParams: pages.map(() => "") });
const ids = (merged: ReturnType<typeof mergeRuns>) =>
  merged.list.pages.map((page) => page.content.map((run) => `${run.id}:${run.status.state}`).join(" "));

const two = list(pageOf([row("d", "4"), row("c", "3")], "x"), pageOf([row("b", "2")], "y"));
const open = { newestFirst: true, admit: true, keep: new Set<string>() };

test("rows are renewed in place, those that are gone or match no more leave", () => {
  const merged = mergeRuns(two, { asked: ["c", "b"], found: [row("c", "3", "COMPLETED")], gone: ["d"] }, open);
  expect(ids(merged)).toEqual(["c:COMPLETED", ""]);
  expect(merged.list.pages[0]?.totalElements).toBe(8);
});

test("a chosen row stays although it matches no more", () => {
  const merged = mergeRuns(two, { asked: ["b"], found: [], gone: [] }, { ...open, keep: new Set(["b"]) });
  expect(ids(merged)).toEqual(["d:RUNNING c:RUNNING", "b:RUNNING"]);
});

test("a new row goes to the top; an older one that is not loaded yet is left to its page", () => {
  const found = [row("e", "5"), row("a", "1")];
  const merged = mergeRuns(two, { asked: ["e", "a"], found, gone: [] }, open);
  expect(ids(merged)).toEqual(["e:RUNNING d:RUNNING c:RUNNING", "b:RUNNING"]);
  expect(merged.list.pages[0]?.totalElements).toBe(11);
  expect(merged.waiting).toEqual([]);
});

test("an older row that begins to match goes to its place among those that are loaded", () => {
  const found = [row("x", "3.5", "ERROR"), row("y", "2.5", "ERROR")];
  const merged = mergeRuns(two, { asked: ["x", "y"], found, gone: [] }, open);
  expect(ids(merged)).toEqual(["d:RUNNING x:ERROR c:RUNNING", "y:ERROR b:RUNNING"]);
  expect(merged.list.pages[0]?.totalElements).toBe(12);
});

test("in a list that is loaded to its end every match has a place", () => {
  const whole = list(pageOf([row("d", "4"), row("b", "2")]));
  expect(ids(mergeRuns(whole, { asked: ["c"], found: [row("c", "3")], gone: [] }, open))).toEqual([
    "d:RUNNING c:RUNNING b:RUNNING",
  ]);
});

test("while the person has scrolled or chosen rows, new ones wait; a second telling changes nothing", () => {
  const delta = { asked: ["e"], found: [row("e", "5")], gone: [] };
  const merged = mergeRuns(two, delta, { ...open, admit: false });
  expect([ids(merged), merged.waiting]).toEqual([["d:RUNNING c:RUNNING", "b:RUNNING"], ["e"]]);
  const once = mergeRuns(two, delta, open);
  expect(ids(mergeRuns(once.list, delta, open))).toEqual(ids(once));
});
