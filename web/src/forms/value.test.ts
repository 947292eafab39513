import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../lib/json.ts";
import { decodeText, encodeText } from "../lib/base64.ts";
import { guess, readPairs, spell, writePairs } from "./pairs.ts";
import { amountOf, isQuantity, splitQuantity } from "./quantity.ts";
import { patternWords } from "./pattern-words.ts";
import { below, child, get, parent, parts, set } from "./value.ts";

describe("pointers", () => {
  test.each([
    ["", []],
    ["/a/b", ["a", "b"]],
    ["/a~1b/c~0d/0", ["a/b", "c~d", "0"]],
    ["/", []],
    ["/a//b", ["a", "", "b"]],
  ])("%s", (pointer, names) => {
    expect(parts(pointer)).toEqual(names);
  });

  test("names with signs survive", () => {
    for (const name of ["a/b", "~", "~1", "", "ü", "__proto__"]) expect(parts(child("/x", name))).toEqual(["x", name]);
    expect(parent("/a/b")).toBe("/a");
    expect(parent("")).toBe("");
    expect(below("/spec/a", "/spec")).toBe("/a");
    expect(below("/spec", "/spec")).toBe("");
    expect(below("/special", "/spec")).toBeUndefined();
  });
});

describe("writing", () => {
  const cases: [string, JsonObject, string, Json | undefined, JsonObject][] = [
    ["makes what is missing on the way", {}, "/a/b", 1, { a: { b: 1 } }],
    ["replaces", { a: 1 }, "/a", 2, { a: 2 }],
    ["takes out, and what then holds nothing", { a: { b: 1 }, c: 2 }, "/a/b", undefined, { c: 2 }],
    ["leaves what holds more", { a: { b: 1, c: 2 } }, "/a/b", undefined, { a: { c: 2 } }],
    ["takes out the last of all", { a: 1 }, "/a", undefined, {}],
    ["changes an item", { a: [1, 2] }, "/a/1", 3, { a: [1, 3] }],
    ["adds an item", { a: [1] }, "/a/1", 2, { a: [1, 2] }],
    ["takes out an item", { a: [1, 2, 3] }, "/a/1", undefined, { a: [1, 3] }],
    ["takes out the last item and the list", { a: [1] }, "/a/0", undefined, {}],
    ["an emptied item keeps its place", { a: [{ b: 1 }, { b: 2 }] }, "/a/0/b", undefined, { a: [{}, { b: 2 }] }],
    ["an item far behind is not made", { a: [1] }, "/a/5", 2, { a: [1] }],
    ["the whole", { a: 1 }, "", { b: 2 }, { b: 2 }],
    ["false, 0, null and nothing are values", { a: 1 }, "/b", false, { a: 1, b: false }],
  ];
  test.each(cases)("%s", (_, before, pointer, value, after) => {
    const frozen = structuredClone(before);
    expect(set(before, pointer, value)).toEqual(after);
    expect(before).toEqual(frozen);
  });

  test("a member may be called as it likes", () => {
    const made = set({}, "/__proto__/x", 1);
    expect(Object.keys(made)).toEqual(["__proto__"]);
    expect(get(made, "/__proto__/x")).toBe(1);
    expect(get({}, "/constructor")).toBeUndefined();
    expect(Object.hasOwn(Object.prototype, "x")).toBe(false);
  });
});

test("texts keep their bytes through base64", () => {
  for (const text of ["", "def f():\n    return 'é€👩‍🚀'\n", "\ufeffbom", "a\r\nb", "x".repeat(200_000)]) {
    expect(decodeText(encodeText(text))).toBe(text);
  }
  expect(encodeText("é")).toBe("w6k=");
  expect(decodeText("/w==")).toBeUndefined();
  expect(decodeText("***")).toBeUndefined();
});

describe("quantities", () => {
  test.each([
    ["4Gi", 4 * 2 ** 30],
    ["500m", 0.5],
    ["1.5", 1.5],
    [" 2 Ki ", 2048],
    ["4 gigs", undefined],
    ["Gi", undefined],
    ["", undefined],
    ["4constructor", undefined],
  ])("%s", (text, amount) => {
    expect(amountOf(text)).toBe(amount);
  });
  test("what a kind counts", () => {
    expect(splitQuantity("4 gigs")).toEqual({ amount: "4", unit: "gigs" });
    expect(isQuantity("0.5", "count")).toBe(false);
    expect(isQuantity("2", "count")).toBe(true);
    expect(isQuantity("2Gi", "cpu")).toBe(false);
    expect(isQuantity("250m", "cpu")).toBe(true);
  });
});

describe("patterns in words", () => {
  test.each([
    ["^[A-Za-z0-9._+-]+$", { says: "characters", classes: ["letters", "digits"], signs: [".", "_", "+", "-"] }],
    ["^[\\w.]*$", { says: "characters", classes: ["letters", "digits"], signs: ["_", "."] }],
    [
      "^[A-Za-z_][A-Za-z0-9_.-]*$",
      { says: "characters", classes: ["letters", "digits"], signs: ["_", ".", "-"], first: ["letters"] },
    ],
    ["^[a-z]+$", { says: "characters", classes: ["lower"], signs: [] }],
    ["^store://", { says: "begins", text: "store://" }],
    ["^store://([^/]+)/(.+)$", { says: "begins", text: "store://" }],
    ["^(a|b)$", { says: "form", pattern: "^(a|b)$" }],
    ["^[abc]+$", { says: "form", pattern: "^[abc]+$" }],
  ])("%s", (pattern, words) => {
    expect(patternWords(pattern)).toEqual(words);
  });
});

describe("rows of names and values", () => {
  test("an object and a list of objects read and write the same rows", () => {
    const rows = [
      { key: "A", value: "1" },
      { key: "B", value: 2 },
    ];
    expect(readPairs({ A: "1", B: 2 }, { as: "object" })).toEqual(rows);
    expect(writePairs(rows, { as: "object" })).toEqual({ A: "1", B: 2 });
    const shape = { as: "list", key: "name", value: "value" } as const;
    const list = [
      { name: "A", value: "1" },
      { name: "B", value: 2 },
    ];
    expect(readPairs(list, shape)).toEqual(rows);
    expect(writePairs(rows, shape)).toEqual(list);
    expect(writePairs([], shape)).toBeUndefined();
    expect(writePairs([{ key: "", value: undefined }], { as: "object" })).toBeUndefined();
  });

  test.each<[string, Json]>([
    ["10", 10],
    ["1e-4", 1e-4],
    ["-0.5", -0.5],
    ["true", true],
    ["null", null],
    ["[1,2]", [1, 2]],
    ['{"a":1}', { a: 1 }],
    ['"10"', "10"],
    ["hello", "hello"],
    ["1.2.3", "1.2.3"],
    ["007", "007"],
    ["12345678901234567", "12345678901234567"],
    ["[not json", "[not json"],
    ["", ""],
    ["truely", "truely"],
  ])("%s is taken for %j", (text, value) => {
    expect(guess(text)).toEqual(value);
    expect(guess(spell(value))).toEqual(value);
  });
});
