import { expect, test } from "vitest";
import { at, spread, told } from "./report.ts";

test("a time that the browser did not tell is left out, and said", () => {
  const values = [Number.NaN, 30, 10, 20];
  expect(at(told(values), 0.5)).toBe(20);
  expect(spread(values)).toBe("n 3 (1 more told nothing), min 10.0, p50 20.0, p95 30.0, max 30.0 ms");
  expect(spread([10])).toBe("n 1, min 10.0, p50 10.0, p95 10.0, max 10.0 ms");
  expect(spread([Number.NaN])).toBe("none of 1 told");
});
