import { beforeEach, expect, test } from "vitest";
import { openedIn, rememberOpened } from "./recent.ts";

beforeEach(() => localStorage.clear());

const run = { entity: "run", project: "p", id: "1", name: "a", hint: "Runs" };

test("what was opened last comes first, once, in its project alone", () => {
  rememberOpened(run);
  rememberOpened({ ...run, id: "2" });
  rememberOpened({ ...run, project: "other" });
  rememberOpened(run);
  expect(openedIn("p").map(({ id }) => id)).toEqual(["1", "2"]);
  expect(openedIn(undefined)).toEqual([]);
});

test("what is damaged is left out", () => {
  localStorage.setItem("dhub.opened", JSON.stringify([3, { entity: "run" }, run]));
  expect(openedIn("p")).toEqual([run]);
  localStorage.setItem("dhub.opened", "{");
  expect(openedIn("p")).toEqual([]);
});
