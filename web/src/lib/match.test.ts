import { expect, test } from "vitest";
import { ranked, score } from "./match.ts";

test("a beginning beats a word, a word beats a part, a part beats letters", () => {
  const names = ["hxexlxlo", "othello", "say-hello", "hello-world"];
  expect(ranked(names, (name) => name, "hello", 9)).toEqual(["hello-world", "say-hello", "othello", "hxexlxlo"]);
  expect(score("train", "trai n")).toBeUndefined();
  expect(ranked(names, (name) => name, "", 2)).toEqual(["hxexlxlo", "othello"]);
});
