import { longText, type Story } from "../../stories/story.ts";
import { LabelList } from "./LabelList.tsx";

export const story: Story = {
  about: "Labels in a row of a table: as many as fit, all in the tooltip.",
  keyboard: {},
  states: {
    default: <LabelList labels={["ml", "nightly"]} />,
    empty: <LabelList labels={[]} />,
    many: <LabelList labels={Array.from({ length: 16 }, (_, index) => `label-${index}`)} />,
    "long text": <LabelList labels={[longText, "ml"]} />,
  },
};
