import { longText, type Story } from "../../stories/story.ts";
import { JsonTree } from "./JsonTree.tsx";

const run = {
  kind: "python+run",
  metadata: { name: "quick-heron", labels: ["ml", "nightly"], created: "2026-11-22T10:04:09Z" },
  spec: {
    function: "python://bridges/train:v7",
    parameters: { ratio: 0.2, shuffle: true, seed: null, none: [], no: {} },
  },
  status: { state: "COMPLETED", metrics: { accuracy: 0.93, loss: [0.9, 0.5, 0.35, 0.31] } },
};

export const story: Story = {
  about: "A JSON value as a tree that folds, is searched, and gives away paths and values.",
  keyboard: {
    "↓ ↑ j k": "move",
    "→ ←": "unfold and fold; then to the first child, to the parent",
    Enter: "unfolds or folds",
    "Home, End": "go to the first line, to the last",
  },
  states: {
    default: <JsonTree label="Run" value={run} />,
    "an empty object": <JsonTree label="Nothing" value={{}} />,
    "a word": <JsonTree label="Word" value="COMPLETED" />,
    many: <JsonTree label="Many" value={Array.from({ length: 30 }, (_, index) => index * index)} />,
    "long text": <JsonTree label={longText} value={{ [longText]: longText, short: [longText] }} />,
    hostile: <JsonTree label="Hostile" value={{ "<script>alert(1)</script>": "<img src=x onerror=alert(1)>" }} />,
  },
};
