import type { Story } from "../../stories/story.ts";
import { TimeAgo } from "./TimeAgo.tsx";

const before = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();

export const story: Story = {
  about: "A moment as the time that has passed; the tooltip has it in full.",
  keyboard: {},
  states: {
    "just now": <TimeAgo at={before(5)} />,
    "an hour ago": <TimeAgo at={before(3600)} />,
    "years ago": <TimeAgo at="2021-03-01T08:00:00Z" />,
    short: <TimeAgo at={before(7200)} short />,
    empty: <TimeAgo at={undefined} />,
    "not a moment": <TimeAgo at="yesterday" />,
  },
};
