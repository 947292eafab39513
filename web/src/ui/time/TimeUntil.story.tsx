import type { Story } from "../../stories/story.ts";
import { TimeUntil } from "./TimeUntil.tsx";

export const story: Story = {
  about: "A moment to come as the time that is left; the tooltip has it in full.",
  keyboard: {},
  states: {
    "in an hour": <TimeUntil at={new Date(Date.now() + 3_600_000).toISOString()} />,
    "passed meanwhile": <TimeUntil at="2026-01-01T00:00:00Z" />,
  },
};
