import { expect, test } from "vitest";
import { ApiError } from "../api/error.ts";
import type { EntityDocument } from "./edit/document.ts";
import { relabel } from "./label-many.ts";

function shelf(labels: string[], changeOnce?: string[]) {
  let now: EntityDocument = { name: "a", kind: "table", metadata: { labels, description: "d" }, spec: { path: "p" } };
  let tag = 1;
  let pending = changeOnce;
  const written: string[] = [];
  return {
    written,
    labels: () => now.metadata["labels"],
    read: async () => {
      const answer = { tag: String(tag), document: now };
      if (pending !== undefined) {
        now = { ...now, metadata: { ...now.metadata, labels: pending } };
        tag++;
        pending = undefined;
      }
      return answer;
    },
    write: async (_: string, document: EntityDocument, given: string) => {
      if (given !== String(tag)) throw new ApiError({ status: 412, code: "conflict", message: "changed" });
      written.push(given);
      now = document;
    },
  };
}

test("labels are added and taken out, and nothing else changes", async () => {
  const one = shelf(["x"]);
  await relabel(one, "1", { add: ["y", "x"] });
  expect(one.labels()).toEqual(["x", "y"]);
  await relabel(one, "1", { remove: ["x"] });
  expect(one.labels()).toEqual(["y"]);
  expect((await one.read()).document).toMatchObject({ metadata: { description: "d" }, spec: { path: "p" } });
});

test("what somebody else labels between the reading and the write stays", async () => {
  const one = shelf(["x"], ["x", "theirs"]);
  await relabel(one, "1", { add: ["mine"] });
  expect(one.labels()).toEqual(["x", "theirs", "mine"]);
});

test("labels that are there already are not written again", async () => {
  const one = shelf(["x"]);
  await relabel(one, "1", { add: ["x"] });
  expect(one.written).toEqual([]);
});
