import { expect, test } from "vitest";
import { parseSorts, sortedAlsoBy, sortedBy, sortsOf, sortTexts, unlessUsual } from "./sort.ts";

const fields = ["name", "kind", "created", "state"];

test("the orders of a URL are read; what is not known, repeated or too much is dropped", () => {
  expect(parseSorts("name,asc", fields)).toEqual(["name,asc"]);
  expect(parseSorts(["state,asc", "colour,asc", "state,desc", "created,desc", "name", "name,up"], fields)).toEqual([
    "state,asc",
    "created,desc",
  ]);
  expect(parseSorts(["name,asc", "kind,asc", "created,asc", "state,asc"], fields)).toHaveLength(3);
  for (const none of [undefined, "", "name", "toString,asc", 5]) expect(parseSorts(none, fields)).toBeUndefined();
});

test("a press sorts by a column alone, and the other way round when it does already", () => {
  const texts = (list: ReturnType<typeof sortedBy>) => sortTexts(list);
  expect(texts(sortedBy(sortsOf(["name,asc"]), "created", true))).toEqual(["created,desc"]);
  expect(texts(sortedBy(sortsOf(["created,desc", "name,asc"]), "created", true))).toEqual(["created,asc"]);
  expect(texts(sortedBy(sortsOf(["created,desc", "name,asc"]), "name", false))).toEqual(["name,asc"]);
});

test("a further key comes behind the others, turns around, and goes; the last one stays", () => {
  let order = sortsOf(["state,asc"]);
  const press = (by: string, descends = false) => sortTexts((order = sortedAlsoBy(order, by, descends)));
  expect(press("created", true)).toEqual(["state,asc", "created,desc"]);
  expect(press("created", true)).toEqual(["state,asc", "created,asc"]);
  expect(press("name")).toEqual(["state,asc", "created,asc", "name,asc"]);
  expect(press("created", true)).toEqual(["state,asc", "name,asc"]);
  expect(press("state")).toEqual(["state,desc", "name,asc"]);
  expect(press("state")).toEqual(["name,asc"]);
  expect(press("name")).toEqual(["name,desc"]);
  expect(press("name")).toEqual(["name,asc"]);
});

test("the usual order stays out of the URL", () => {
  const usual = ["updated,desc"];
  expect(unlessUsual(sortsOf(["updated,desc"]), usual)).toBeUndefined();
  expect(unlessUsual([], usual)).toBeUndefined();
  expect(unlessUsual(sortsOf(["updated,desc", "name,asc"]), usual)).toEqual(["updated,desc", "name,asc"]);
});
