import { expect, test } from "vitest";
import { asDocument, fromDocument, settingsOf, withSettings } from "./mutations.ts";

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

test("settings go through the document of a conflict unchanged", () => {
  const read = settingsOf(doc);
  expect(fromDocument(asDocument(read))).toEqual(read);
});
