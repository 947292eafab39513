import { expect, test } from "vitest";
import { draftOf, emptyDraft, fromJson, settingsChanged, toJson, toSend } from "./draft.ts";
import type { TriggerDoc } from "./trigger.ts";

const empty = emptyDraft("p", "Europe/Rome");
const doc: TriggerDoc = {
  id: "1",
  key: "store://p/trigger/scheduler/nightly:1",
  kind: "scheduler",
  name: "nightly",
  project: "p",
  user: "ada",
  metadata: {
    name: "nightly",
    project: "p",
    created: "2026-01-01T00:00:00Z",
    created_by: "ada",
    updated: "2026-01-01T00:00:00Z",
    updated_by: "ada",
    version: "1",
    labels: ["etl"],
  },
  spec: {
    schedule: "0 2 * * *",
    task: "python+job://p/t1",
    function: "python://p/train:v1",
    template: { parameters: { epochs: 3 } },
  },
  status: { state: "RUNNING" },
};

test("a trigger's form is its settings, and unchanged it changes nothing", () => {
  const draft = draftOf(doc, empty);
  expect(draft).toMatchObject({ name: "nightly", labels: ["etl"], fn: "train", version: "v1", action: "job" });
  expect(draft.scheduler).toEqual({ schedule: "0 2 * * *" });
  expect(settingsChanged(draft, doc)).toBe(false);
  expect(settingsChanged({ ...draft, description: "x", labels: [] }, doc)).toBe(false);
});

test.each([
  { scheduler: { schedule: "@daily" } },
  { version: "v2" },
  { template: {} },
  { name: "other" },
  { kind: "lifecycle" as const },
])("%j is another setting", (part) => {
  expect(settingsChanged({ ...draftOf(doc, empty), ...part }, doc)).toBe(true);
});

test("a draft survives being kept; one that is damaged is an empty form", () => {
  const draft = draftOf(doc, empty);
  expect(fromJson(toJson(draft), empty)).toEqual(draft);
  expect(fromJson({ kind: 3, labels: [1, "a"], scheduler: [] }, empty)).toEqual({ ...empty, labels: ["a"] });
});

test("what is sent names version and task kind", () => {
  const sent = toSend(draftOf(doc, empty), "p", { kind: "python", id: "v1" });
  expect(sent).toMatchObject({ fn: "python://p/train:v1", task: "python+job", when: { schedule: "0 2 * * *" } });
});
