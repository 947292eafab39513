import { expect, test } from "vitest";
import { metricCharts, metricRows } from "./metrics.ts";

const versions = [
  { id: "2", name: "v2", metrics: { accuracy: 0.9, loss: [3, 2, 1] } },
  { id: "1", name: "v1", metrics: { loss: [4], f1: 0.5, empty: [] } },
];

test("each metric has a row, with the last value of each version that has it", () => {
  expect(metricRows(versions)).toEqual([
    { metric: "accuracy", cells: [{ last: 0.9, count: 1 }, undefined] },
    { metric: "empty", cells: [undefined, undefined] },
    { metric: "f1", cells: [undefined, { last: 0.5, count: 1 }] },
    {
      metric: "loss",
      cells: [
        { last: 1, count: 3 },
        { last: 4, count: 1 },
      ],
    },
  ]);
});

test("what is a series in some version is drawn, with the versions over each other", () => {
  expect(metricCharts(versions)).toEqual([
    {
      metric: "loss",
      series: [
        { name: "v2", values: [3, 2, 1] },
        { name: "v1", values: [4] },
      ],
    },
  ]);
});
