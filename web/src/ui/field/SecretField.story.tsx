import { Held } from "../../stories/Held.tsx";
import { longText, type Story } from "../../stories/story.ts";
import { SecretField } from "./SecretField.tsx";

interface ExampleProps {
  label?: string;
  initial?: string;
  required?: boolean;
  help?: string;
  error?: string;
}

function Example({ label = "Value", initial = "", ...rest }: ExampleProps) {
  return (
    <Held initial={initial}>
      {(value, setValue) => <SecretField label={label} value={value} onChange={setValue} {...rest} />}
    </Held>
  );
}

export const story: Story = {
  about: "A text of one or more lines that is hidden while it is typed, until one asks to see it.",
  keyboard: { Enter: "begins a line", Tab: "leaves the field" },
  states: {
    empty: <Example required />,
    typed: <Example initial={"one line\nanother"} />,
    "with help": <Example help="It is sealed, and given to runs that name it." />,
    error: <Example error="Type a value." />,
    "long text": <Example label={longText} initial={longText} help={longText} error={longText} />,
  },
};
