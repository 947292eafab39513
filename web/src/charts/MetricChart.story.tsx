import { longText, type Story } from "../stories/story.ts";
import { MetricChart } from "./MetricChart.tsx";

const falling = (from: number, steps = 60) => Array.from({ length: steps }, (_, step) => from / (1 + step / 8));

export const story: Story = {
  about: "Values by step, a line for each run; the table holds the same.",
  keyboard: { Tab: "reaches the scale, the smoothing and the table", "← →": "change the smoothing" },
  states: {
    default: <MetricChart label="loss" group="one" series={[{ name: "quick-heron", values: falling(0.9) }]} />,
    "one point": <MetricChart label="accuracy" group="two" series={[{ name: "quick-heron", values: [0.93] }]} />,
    empty: <MetricChart label="nothing" group="three" series={[]} />,
    "no logarithms of what is not positive": (
      <MetricChart label="gain" group="four" series={[{ name: "calm-otter", values: [-1, 0, 2] }]} />
    ),
    many: (
      <MetricChart
        label="loss of many"
        group="five"
        series={Array.from({ length: 12 }, (_, run) => ({ name: `run-${run}`, values: falling(1 + run) }))}
      />
    ),
    "long text": (
      <MetricChart
        label={longText}
        group="six"
        series={[
          { name: longText, values: falling(2) },
          { name: "short", values: falling(1) },
        ]}
      />
    ),
  },
};
