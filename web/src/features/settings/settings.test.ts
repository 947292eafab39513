import { expect, test } from "vitest";
import { settings as en } from "../../i18n/en/settings.ts";
import { settings as it } from "../../i18n/it/settings.ts";
import { carriers } from "./labels.ts";
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

test("a count of a label that the server did not count to its end says that there are more", () => {
  const used = (entities: number, runs: number, exact: boolean) =>
    carriers({ id: "p/a", label: "a", project: "p", use: { entities, runs, exact } });
  const { entities, runs } = used(3, 10_000, false);
  expect([en, it].map(({ labelsTab: s }) => [s.entities(entities), s.runs(runs)])).toEqual([
    ["3 items", "10,000+ runs"],
    ["3 elementi", "10.000+ esecuzioni"],
  ]);
  expect(used(10_000, 10_000, false)).toEqual({ entities: { n: 10_000, more: true }, runs: { n: 10_000, more: true } });
  expect(used(10_000, 1, true)).toEqual({ entities: { n: 10_000, more: false }, runs: { n: 1, more: false } });
});
