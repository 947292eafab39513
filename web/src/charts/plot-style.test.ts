import type uPlot from "uplot";
import { expect, test } from "vitest";
import { legendValue } from "./plot-style.ts";

const plotOf = (data: uPlot.AlignedData) => ({ data }) as uPlot;

test("a legend says the latest values until one points at others", () => {
  const plot = plotOf([
    [0, 10, 20, 30],
    [5, 6, 7, null],
    [1, 2, null, null],
  ]);
  expect([0, 1, 2].map((line) => legendValue(plot, line, null))).toEqual([20, 7, null]);
  expect([0, 1, 2].map((line) => legendValue(plot, line, 1))).toEqual([10, 6, 2]);
  expect(legendValue(plotOf([[]]), 0, null)).toBeNull();
});
