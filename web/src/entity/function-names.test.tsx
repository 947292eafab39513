import { expect, test, vi } from "vitest";
import { functionNames } from "./function-names.ts";

test("functions are offered by their names, not by what else fits; nothing is asked before it is wanted", async () => {
  const content = ["Train", "retrain", "load"].map((name) => ({ name, kind: "python" }));
  const asked: URLSearchParams[] = [];
  vi.stubGlobal("fetch", ({ url }: Request) => {
    asked.push(new URL(url).searchParams);
    return Promise.resolve(Response.json({ content }));
  });
  const source = functionNames("demo");
  expect(asked).toEqual([]);
  const { signal } = new AbortController();
  expect((await source("", signal)).map(({ value }) => value)).toEqual(["Train", "retrain", "load"]);
  expect((await source("train", signal)).map(({ value }) => value)).toEqual(["Train", "retrain"]);
  expect(asked.map((query) => [query.get("q"), query.get("sort")])).toEqual([
    [null, "name,asc"],
    ["train", "name,asc"],
  ]);
});
