import type { Story } from "../../stories/story.ts";
import { SkeletonRows } from "./Skeleton.tsx";

export const story: Story = {
  about: "Rows in the final geometry, shown when loading takes longer than 150 ms.",
  keyboard: {},
  states: {
    loading: <SkeletonRows />,
    "loading one row": <SkeletonRows rows={1} />,
    "loading many": <SkeletonRows rows={40} />,
  },
};
