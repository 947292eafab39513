import { expect, test } from "vitest";
import { mostSwept, sweepProblem, sweepValues, withParameter } from "./sweep.ts";

test.each([
  ["5, 10, 20", [5, 10, 20]],
  ["1e-4,adam, true,", [1e-4, "adam", true]],
  ['["a,b", 2]', ["a,b", 2]],
  ["", []],
])("%s sweeps over %o", (text, values) => {
  expect(sweepValues(text)).toEqual(values);
});

test("a sweep changes one parameter and nothing else", () => {
  expect(withParameter({ parameters: { a: 1, b: 2 }, timeout: 5 }, "a", 9)).toEqual({
    parameters: { a: 9, b: 2 },
    timeout: 5,
  });
});

test("a sweep has two values or more of a parameter, and not too many", () => {
  const of = (values: string, parameter = "lr") => sweepProblem({ parameter, values });
  const count = (n: number) => Array.from({ length: n }, (_, i) => i).join(",");
  expect(of("1")).toBe("few");
  expect(of("1, 2", "")).toBe("few");
  expect(of("1, 2")).toBeUndefined();
  expect(of(count(mostSwept))).toBeUndefined();
  expect(of(count(mostSwept + 1))).toBe("many");
});
