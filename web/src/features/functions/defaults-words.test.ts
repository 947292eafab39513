import { expect, test } from "vitest";
import { setWords } from "./defaults-words.ts";

test("what is set is said by its path, lists only by their length", () => {
  const spec = { resources: { mem: "64Mi" }, envs: [{ name: "TOKEN", value: "x" }], timeout: 60, empty: {} };
  expect(setWords(spec)).toEqual(["resources.mem 64Mi", "envs (1)", "timeout 60"]);
});
