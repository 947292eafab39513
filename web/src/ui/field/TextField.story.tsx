import { Held } from "../../stories/Held.tsx";
import { longText, type Story } from "../../stories/story.ts";
import { TextField } from "./TextField.tsx";

interface ExampleProps {
  label?: string;
  initial?: string;
  help?: string;
  error?: string;
  required?: boolean;
  readOnly?: boolean;
  mono?: boolean;
  placeholder?: string;
}

function Example({ label = "Name", initial = "", ...rest }: ExampleProps) {
  return (
    <Held initial={initial}>
      {(value, setValue) => <TextField label={label} value={value} onChange={setValue} {...rest} />}
    </Held>
  );
}

export const story: Story = {
  about: "A line of text with its label, help and error.",
  keyboard: { "any key": "types" },
  states: {
    default: <Example initial="bridges" />,
    empty: <Example placeholder="my-project" />,
    "with help": <Example help="Letters, digits, - and _." />,
    required: <Example required />,
    error: (
      <Example
        initial="my project"
        error="Use letters, digits, - and _: there is a space."
        help="It cannot be changed later."
      />
    ),
    "read only": <Example initial="bridges" readOnly />,
    "of a fixed width": <Example label="Key" initial="store://bridges/model/forest:v7" mono />,
    "long text": <Example label={longText} initial={longText} help={longText} error={longText} />,
  },
};
