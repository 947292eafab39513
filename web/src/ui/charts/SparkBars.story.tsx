import type { Story } from "../../stories/story.ts";
import { type SparkBar, SparkBars } from "./SparkBars.tsx";

const bars: SparkBar[] = [
  { id: "a", state: "COMPLETED", duration: 4200 },
  { id: "b", state: "COMPLETED", duration: 9100 },
  { id: "c", state: "ERROR", duration: 800 },
  { id: "d", state: "STOPPED", duration: 2500 },
  { id: "e", state: "COMPLETED", duration: 61_000 },
  { id: "f", state: "RUNNING" },
];

export const story: Story = {
  about: "The last runs, oldest first: height is duration, colour is state, and a failure also has a notch.",
  keyboard: {},
  states: {
    default: <SparkBars bars={bars} />,
    one: <SparkBars bars={bars.slice(0, 1)} />,
    empty: <SparkBars bars={[]} />,
    many: (
      <SparkBars
        bars={Array.from({ length: 60 }, (_, index) => ({
          id: String(index),
          state: index % 9 === 0 ? "ERROR" : "COMPLETED",
          duration: 1000 + ((index * 7919) % 60_000),
        }))}
      />
    ),
    "a state that is not known": <SparkBars bars={[{ id: "a", state: "HIBERNATING", duration: 4200 }]} />,
  },
};
