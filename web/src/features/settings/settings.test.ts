import { expect, test } from "vitest";
import { settingsOf, takenOver, withSettings } from "./mutations.ts";

const doc = {
  id: "p",
  key: "store://p",
  kind: "project",
  name: "p",
  project: "p",
  user: "ada",
  metadata: {
    name: "p",
    project: "p",
    created: "2026-01-01T00:00:00Z",
    created_by: "ada",
    updated: "2026-01-01T00:00:00Z",
    updated_by: "ada",
    version: "p",
    labels: ["ml"],
  },
  spec: { source: "git+https://x", config: { default_files_store: "s3://b", other: 1 }, functions: [] },
  status: { state: "CREATED" },
};

test("settings are read and written without touching anything else", () => {
  const read = settingsOf(doc);
  expect(read).toEqual({ description: "", labels: ["ml"], source: "git+https://x", store: "s3://b" });
  expect(withSettings(doc, read).spec).toEqual(doc.spec);
  expect(withSettings(doc, { ...read, source: "", store: "" }).spec).toEqual({ config: { other: 1 }, functions: [] });
  expect(withSettings({ ...doc, spec: {} }, { ...read, source: "", store: "" }).spec).toEqual({});
});

test("what somebody else saved meanwhile stays, but for what was typed in its place", () => {
  const was = { description: "old", labels: ["a"], source: "", store: "" };
  const mine = { ...was, labels: ["a", "mine"], store: "s3://mine" };
  const theirs = { ...was, description: "theirs", store: "s3://theirs" };
  expect(takenOver(was, mine, theirs)).toEqual({
    description: "theirs",
    labels: ["a", "mine"],
    source: "",
    store: "s3://mine",
  });
});
