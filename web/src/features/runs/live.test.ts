import { expect, test } from "vitest";
import { key } from "../../api/keys.ts";
import { apply, type Change } from "../../live/apply.ts";
import { changesKey, runRules } from "./live.ts";

const change: Change = {
  seq: 5,
  verb: "update",
  entity: "run",
  project: "demo",
  id: "a",
  kind: "python+job:run",
  name: "apex-mole",
  state: "COMPLETED",
};
const effects = (cached: { key: ReturnType<typeof key>; data: unknown }[], seen = 0) =>
  apply([change], cached, { run: runRules }, seen);

test("a page of rows is patched, never read anew; the list is told once", () => {
  const page = {
    key: key("run", "demo", "list", {}),
    data: { pages: [{ content: [{ id: "a", status: { state: "RUNNING" } }] }] },
  };
  const inbox = { key: changesKey("demo"), data: [] };
  const done = effects([page, inbox]);
  expect(done.map((effect) => [effect.do, effect.key[2]])).toEqual([
    ["patch", "list"],
    ["patch", "changes"],
  ]);
  const [patch, tell] = done;
  expect(patch?.do === "patch" && patch.update(page.data)).toEqual({
    pages: [{ content: [{ id: "a", status: { state: "COMPLETED" } }] }],
  });
  expect(tell?.do === "patch" && tell.update([])).toEqual([change]);
});

test("counts, short lists, the run's page and its log are read anew", () => {
  const keys = [
    key("run", "demo", "count", {}),
    key("run", "demo", "list", { ids: ["a", "b"] }),
    key("run", "demo", "detail", { id: "a" }),
    key("log", "demo", "list", { id: "a" }),
  ];
  expect(effects(keys.map((each) => ({ key: each, data: undefined }))).map((effect) => effect.do)).toEqual(
    keys.map(() => "refetch"),
  );
});

test("what was seen, another run's page and another project stay as they are", () => {
  const others = [
    { key: key("run", "demo", "detail", { id: "b" }), data: undefined },
    { key: changesKey("other"), data: [] },
  ];
  expect(effects(others)).toEqual([]);
  expect(effects([{ key: changesKey("demo"), data: [] }], 5)).toEqual([]);
});

test("the page of a run that is gone is told so and not read anew", () => {
  const page = { key: key("run", "demo", "detail", { id: "a" }), data: { id: "a", status: { state: "COMPLETED" } } };
  const log = { key: key("log", "demo", "list", { id: "a" }), data: [] };
  const done = apply([{ ...change, verb: "delete" }], [page, log], { run: runRules }, 0);
  expect(done.map((effect) => effect.do)).toEqual(["patch"]);
  expect(done[0]?.do === "patch" && done[0].update(page.data)).toEqual({ id: "a", status: { state: "DELETED" } });
});
