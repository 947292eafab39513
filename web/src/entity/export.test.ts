import { parseAllDocuments } from "yaml";
import { expect, test } from "vitest";
import { toYaml } from "./export.ts";

test("documents are written whole, each of its own", async () => {
  const documents = [
    { name: "città", spec: { code: "a\n---\nb\n", on: "yes", none: null } },
    { name: "task", labels: ["0x10", "1e3"] },
  ];
  const read = parseAllDocuments(await toYaml(documents));
  expect(Array.from(read, (document) => document.toJS() as unknown)).toEqual(documents);
});
