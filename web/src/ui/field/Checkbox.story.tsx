import { Held } from "../../stories/Held.tsx";
import { longText, type Story } from "../../stories/story.ts";
import { Checkbox } from "./Checkbox.tsx";

interface ExampleProps {
  initial: boolean | "mixed";
  label?: string;
  help?: string;
  bare?: boolean;
}

function Example({ initial, label = "With all versions", ...rest }: ExampleProps) {
  return (
    <Held initial={initial}>
      {(checked, setChecked) => <Checkbox label={label} checked={checked} onChange={setChecked} {...rest} />}
    </Held>
  );
}

export const story: Story = {
  about: "A native checkbox, which may be half checked.",
  keyboard: { Space: "checks it, or takes the check away" },
  states: {
    off: <Example initial={false} />,
    on: <Example initial />,
    mixed: <Example initial="mixed" />,
    "with help": <Example initial help="Their runs stay." />,
    bare: <Example initial bare />,
    "long text": <Example initial={false} label={longText} help={longText} />,
  },
};
