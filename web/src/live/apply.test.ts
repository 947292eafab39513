import { expect, test } from "vitest";
import { key } from "../api/keys.ts";
import { apply, type Cached, type Change, newest } from "./apply.ts";
import { patchState, refetchDetail, refetchLists } from "./rules.ts";

const change = (seq: number, more: Partial<Change> = {}): Change => ({
  seq,
  verb: "update",
  entity: "run",
  project: "p",
  id: "a",
  kind: "python+job:run",
  name: "a",
  state: "RUNNING",
  ...more,
});
const list = key("run", "p", "list", {});
const detail = key("run", "p", "detail", { id: "a" });
const cached: Cached[] = [
  { key: list, data: { content: [{ id: "a", status: { state: "READY" } }] } },
  { key: detail, data: { id: "a" } },
  { key: key("run", "other", "list", {}), data: { content: [{ id: "a", status: { state: "READY" } }] } },
];
const rules = { run: [patchState("run"), refetchLists("run"), refetchDetail("run")] };

test("a change patches the row that shows it, and reads lists and page anew, once each", () => {
  const effects = apply([change(1), change(2), change(3, { id: "b" })], cached, rules, 0);
  expect(effects.map((effect) => [effect.do, effect.key])).toEqual([
    ["patch", list],
    ["refetch", list],
    ["refetch", detail],
  ]);
  const patch = effects[0];
  expect(patch?.do === "patch" && patch.update(cached[0]?.data)).toEqual({
    content: [{ id: "a", status: { state: "RUNNING" } }],
  });
});

test("duplicates and what was seen do nothing", () => {
  expect(apply([change(4), change(4)], cached, rules, 4)).toEqual([]);
  expect(newest([change(7), change(5)], 6)).toBe(7);
});

test("what this page did itself counts at once", () => {
  expect(apply([change(0, { verb: "delete", state: "" })], cached, rules, 9).map((effect) => effect.do)).toEqual([
    "refetch",
    "refetch",
  ]);
});

test("another project's answers stay as they are", () => {
  expect(apply([change(1, { project: "third" })], cached, rules, 0)).toEqual([]);
});

test("pages of an endless list are patched too", () => {
  const endless = {
    key: list,
    data: { pages: [{ content: [{ id: "z" }] }, { content: [{ id: "a", status: { state: "READY" } }] }] },
  };
  const effect = apply([change(1)], [endless], { run: [patchState("run")] }, 0)[0];
  expect(effect?.do === "patch" && effect.update(endless.data)).toEqual({
    pages: [{ content: [{ id: "z" }] }, { content: [{ id: "a", status: { state: "RUNNING" } }] }],
  });
});
