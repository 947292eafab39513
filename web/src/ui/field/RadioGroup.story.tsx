import { Held } from "../../stories/Held.tsx";
import { longText, type Story } from "../../stories/story.ts";
import { RadioGroup } from "./RadioGroup.tsx";

const options = [
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
  { value: "system", label: "As the system" },
];

function Example({ label = "Theme", list = options, help }: { label?: string; list?: typeof options; help?: string }) {
  return (
    <Held initial={list[0]?.value ?? ""}>
      {(value, setValue) => <RadioGroup label={label} value={value} options={list} onChange={setValue} help={help} />}
    </Held>
  );
}

export const story: Story = {
  about: "One of a few, all in sight.",
  keyboard: { "↓ ↑ ← →": "change the choice", Tab: "leaves the group" },
  states: {
    default: <Example />,
    "with help": <Example help="Kept in this browser." />,
    "long text": (
      <Example
        label={longText}
        list={[
          { value: "a", label: longText },
          { value: "b", label: "short" },
        ]}
        help={longText}
      />
    ),
  },
};
