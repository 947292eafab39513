import { Held } from "../../stories/Held.tsx";
import { longText, type Story } from "../../stories/story.ts";
import { LabelEditor } from "./LabelEditor.tsx";

interface ExampleProps {
  initial?: readonly string[];
  label?: string;
  suggestions?: readonly string[];
}

const none: readonly string[] = [];

function Example({ initial = none, label = "Labels", suggestions }: ExampleProps) {
  return (
    <Held initial={initial}>
      {(value, setValue) => <LabelEditor label={label} value={value} onChange={setValue} suggestions={suggestions} />}
    </Held>
  );
}

export const story: Story = {
  about: "Free words as removable chips, with those of the project offered.",
  keyboard: {
    "Enter or a comma": "adds what is typed",
    Backspace: "in the empty field removes the last",
    Tab: "adds what is typed, and goes on",
  },
  states: {
    empty: <Example />,
    default: <Example initial={["ml", "nightly"]} suggestions={["ml", "nightly", "etl", "demo"]} />,
    many: <Example initial={Array.from({ length: 16 }, (_, index) => `label-${index}`)} />,
    "long text": <Example label={longText} initial={[longText, "ml"]} />,
  },
};
