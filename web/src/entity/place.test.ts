import { expect, test } from "vitest";
import { placeOf } from "./place.ts";

test("a version has the page of its name", () => {
  expect(placeOf({ entity: "model", project: "p", name: "clf", id: "1a" })).toEqual({
    to: "/p/$project/models/$name",
    params: { project: "p", name: "clf" },
    search: { v: "1a" },
  });
  expect(placeOf({ entity: "function", project: "p", name: "f" })).toEqual({
    to: "/p/$project/functions/$name",
    params: { project: "p", name: "f" },
  });
});

test("runs and triggers are named by their id, and what has no page has no place", () => {
  expect(placeOf({ entity: "run", project: "p", name: "r", id: "1a" })).toEqual({
    to: "/p/$project/runs/$id",
    params: { project: "p", id: "1a" },
  });
  expect(placeOf({ entity: "run", project: "p", name: "r" })).toBeUndefined();
  expect(placeOf({ entity: "task", project: "p", name: "t", id: "1a" })).toBeUndefined();
  expect(placeOf({ entity: "constructor", project: "p", name: "t", id: "1a" })).toBeUndefined();
});
