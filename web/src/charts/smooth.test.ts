import { expect, test } from "vitest";
import { smooth } from "./smooth.ts";

test("smoothing keeps a constant and calms a jump", () => {
  expect(smooth([1, 5], 0)).toEqual([1, 5]);
  for (const value of smooth([3, 3, 3], 0.9)) expect(value).toBeCloseTo(3);
  const calmed = smooth([0, 10], 0.5);
  expect(calmed[1]).toBeCloseTo(20 / 3);
});
