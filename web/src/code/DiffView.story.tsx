import { longText, type Story } from "../stories/story.ts";
import { DiffView } from "./DiffView.tsx";

const lines = Array.from({ length: 40 }, (_, line) => `step_${line} = ${line}`);
const before = lines.join("\n");
const after = lines.map((line, index) => (index === 20 ? "step_20 = 21  # one more" : line)).join("\n");

export const story: Story = {
  about: "The differences of two texts, to read; equal stretches are folded.",
  keyboard: { "↓ ↑ Page Up Page Down": "move in a text", Tab: "goes to the other text" },
  states: {
    split: <DiffView before={before} after={after} names={["v6", "v7"]} language="python" layout="split" />,
    unified: <DiffView before={before} after={after} names={["v6", "v7"]} language="python" layout="unified" />,
    "no difference": (
      <DiffView before={before} after={before} names={["v6", "v7"]} language="python" layout="unified" />
    ),
    empty: <DiffView before="" after="" names={["v6", "v7"]} language="python" layout="split" />,
    "long text": (
      <DiffView before={longText} after={`${longText}_2`} names={[longText, "v7"]} language="text" layout="split" />
    ),
  },
};
