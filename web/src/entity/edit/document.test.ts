import { expect, test } from "vitest";
import { changedPaths, documentOf, mergedPaths, mergeInto, wordsOf } from "./document.ts";

const base = documentOf({
  name: "train",
  kind: "python",
  metadata: { description: "old", labels: ["a"], version: "1" },
  spec: { source: { handler: "main", base64: "eA==" }, requirements: ["numpy"] },
});

test("a difference is named by the innermost place, lists as a whole", () => {
  const after = { source: { handler: "run", base64: "eA==" }, requirements: ["numpy", "pandas"], image: "x" };
  expect(changedPaths(base.spec, after, "/spec")).toEqual([
    "/spec/source/handler",
    "/spec/requirements",
    "/spec/image",
  ]);
  expect(changedPaths(base.spec, { ...base.spec })).toEqual([]);
});

test("the id that stands for the name of a version is no name of it", () => {
  const answer = { id: "1a", name: "train", kind: "python", spec: {} };
  expect(documentOf({ ...answer, metadata: { version: "1a" } }).metadata).toEqual({});
  expect(documentOf({ ...answer, metadata: { version: "lynx" } }).metadata).toEqual({ version: "lynx" });
});

test("a copy takes the words along and nothing else", () => {
  expect(wordsOf(base)).toEqual({ description: "old", labels: ["a"] });
});

test("what one side changed is taken, what both changed is a conflict that is mine unless theirs is chosen", () => {
  const mine = { ...base, spec: { ...base.spec, source: { handler: "mine", base64: "bWluZQ==" } } };
  const theirs = {
    ...base,
    metadata: { ...base.metadata, description: "theirs" },
    spec: { source: { handler: "theirs", base64: "eA==" } },
  };
  const paths = mergedPaths(base, mine, theirs);
  expect(paths.map(({ pointer, conflict }) => [pointer, conflict])).toEqual([
    ["/spec/source/handler", true],
    ["/spec/source/base64", false],
    ["/metadata/description", false],
    ["/spec/requirements", false],
  ]);
  const merged = mergeInto(theirs, paths, new Set());
  expect(merged.spec).toEqual({ source: { handler: "mine", base64: "bWluZQ==" } });
  expect(merged.metadata["description"]).toBe("theirs");
  expect(mergeInto(theirs, paths, new Set(["/spec/source/handler"])).spec).toEqual({
    source: { handler: "theirs", base64: "bWluZQ==" },
  });
});

test("a member within an object that the other side removed is part of that conflict", () => {
  const mine = { ...base, spec: { ...base.spec, source: { handler: "mine", base64: "eA==" } } };
  const theirs = { ...base, spec: { requirements: ["numpy"] } };
  expect(mergedPaths(base, mine, theirs)).toEqual([
    { pointer: "/spec/source", base: base.spec["source"], mine: mine.spec.source, theirs: undefined, conflict: true },
  ]);
});
