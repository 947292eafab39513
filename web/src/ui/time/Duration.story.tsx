import type { Story } from "../../stories/story.ts";
import { Duration } from "./Duration.tsx";

export const story: Story = {
  about: "How long something took, with a bar of where the time went.",
  keyboard: {},
  states: {
    default: <Duration total={161_000} phases={{ queued: 12_000, starting: 4000, running: 145_000 }} />,
    "in the queue for most of it": (
      <Duration total={161_000} phases={{ queued: 150_000, starting: 4000, running: 7000 }} />
    ),
    "without phases": <Duration total={4200} />,
    nothing: <Duration total={0} phases={{ queued: 0, starting: 0, running: 0 }} />,
    days: <Duration total={900_000_000} phases={{ queued: 1, starting: 1, running: 899_999_998 }} />,
  },
};
