import { expect, test, vi } from "vitest";
import { type CacheKey, key } from "../api/keys.ts";
import { apply, type Change, type LiveRules } from "../live/apply.ts";

const made = vi.hoisted(() => ({ rules: {} as unknown }));
vi.mock("../live/feed.ts", () => ({
  createFeed: (_: unknown, rules: unknown) => {
    made.rules = rules;
    return { tell: () => {} };
  },
}));
await import("./live.ts");

const change = (entity: string, more: Partial<Change> = {}): Change => ({
  seq: 1,
  verb: "update",
  entity,
  project: "demo",
  id: "1",
  kind: "",
  name: "",
  state: "READY",
  ...more,
});
const hits = { pages: [{ content: [{ id: "1" }] }] };

test.each<[string, Change, CacheKey, unknown]>([
  ["the settings of a project", change("project"), key("project", "demo", "detail"), {}],
  ["the defaults of an action", change("task"), key("task", "demo", "list", { ofFunction: "2" }), []],
  ["hits of all projects", change("model"), key("search", "", "list"), hits],
  ["hits of a project", change("model"), key("search", "demo", "list"), hits],
])("%s are read anew when they change", (_, of, where, data) => {
  const elsewhere = { ...of, project: "other", id: "9" };
  const effects = (told: Change) => apply([told], [{ key: where, data }], made.rules as LiveRules, 0);
  expect(effects(of)).toEqual([{ do: "refetch", key: where }]);
  expect(effects(elsewhere)).toEqual([]);
});
