import { expect, test } from "vitest";
import type { Change } from "../live/apply.ts";
import { type Notice, withChange } from "./activity.ts";

const change = (id: string, state: string, more: Partial<Change> = {}): Change => ({
  seq: 1,
  verb: "update",
  entity: "run",
  project: "p",
  id,
  kind: "",
  name: id,
  state,
  ...more,
});

test("runs that end are told once, newest first", () => {
  let notices: readonly Notice[] = [];
  for (const next of [
    change("a", "RUNNING"),
    change("a", "COMPLETED"),
    change("b", "ERROR"),
    change("a", "COMPLETED"),
    change("f", "READY", { entity: "function" }),
  ]) {
    notices = withChange(notices, next, 0);
  }
  expect(notices.map((notice) => [notice.id, notice.state])).toEqual([
    ["b", "ERROR"],
    ["a", "COMPLETED"],
  ]);
});

test("a trigger that fails is told, one that is switched off is not", () => {
  const failed = change("t", "ERROR", { entity: "trigger" });
  const off = change("u", "STOPPED", { entity: "trigger" });
  expect(withChange(withChange([], off, 0), failed, 0)).toMatchObject([{ entity: "trigger", id: "t", state: "ERROR" }]);
});
