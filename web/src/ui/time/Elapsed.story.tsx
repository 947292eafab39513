import type { Story } from "../../stories/story.ts";
import { Elapsed } from "./Elapsed.tsx";

export const story: Story = {
  about: "The time since a moment, counting.",
  keyboard: {},
  states: {
    "just begun": <Elapsed since={new Date().toISOString()} />,
    "an hour ago": <Elapsed since={new Date(Date.now() - 3_600_000).toISOString()} />,
    "in the future, as clocks differ": <Elapsed since={new Date(Date.now() + 60_000).toISOString()} />,
  },
};
