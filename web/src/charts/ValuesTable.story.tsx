import { longText, type Story } from "../stories/story.ts";
import { ValuesTable } from "./ValuesTable.tsx";

export const story: Story = {
  about: "The values of a chart by step; however long, only the rows in sight are in the page.",
  keyboard: { "↓ ↑ Page Up Page Down": "scroll it" },
  states: {
    default: <ValuesTable label="loss" series={[{ name: "quick-heron", values: [0.9, 0.5, 0.35, 0.31] }]} />,
    empty: <ValuesTable label="nothing" series={[]} />,
    many: (
      <ValuesTable
        label="many"
        series={Array.from({ length: 12 }, (_, run) => ({
          name: `run-${run}`,
          values: Array.from({ length: run === 0 ? 10_000 : 3 }, (_value, step) => step * run),
        }))}
      />
    ),
    "long text": <ValuesTable label={longText} series={[{ name: longText, values: [1] }]} />,
  },
};
