import { Held } from "../../stories/Held.tsx";
import { Opened } from "../../stories/Opened.tsx";
import { longText, nothing, type Story } from "../../stories/story.ts";
import { Combobox, type Option, type OptionSource } from "./Combobox.tsx";

const options: Option[] = [
  { value: "clean-recordings", note: "v3" },
  { value: "evaluate", note: "v1" },
  { value: "train", label: "train the forest", note: "v12" },
];
const many = Array.from({ length: 200 }, (_, index) => ({ value: `function-${index}` }));
const never: OptionSource = () => new Promise(nothing);
const failing: OptionSource = () => Promise.reject(new Error("the server is away"));

interface ExampleProps {
  from: readonly Option[] | OptionSource;
  id: string;
  initial?: string;
  free?: boolean;
  inline?: boolean;
  invalid?: boolean;
}

function Example({ from, id, initial = "", ...rest }: ExampleProps) {
  return (
    <Held initial={initial}>
      {(value, setValue) => (
        <>
          <label htmlFor={id}>Function</label>
          <Combobox id={id} label="Functions" value={value} options={from} onInput={setValue} {...rest} />
        </>
      )}
    </Held>
  );
}

export const story: Story = {
  about: "A text field with a list of options, which may be asked for as one types.",
  keyboard: {
    "a letter": "filters the list",
    "↓ ↑": "open the list and move in it",
    Enter: "takes the option",
    Escape: "closes the list, and nothing around it",
  },
  states: {
    closed: <Example id="closed" from={options} />,
    chosen: <Example id="chosen" from={options} initial="train" />,
    invalid: <Example id="invalid" from={options} initial="trian" invalid />,
    "on a surface of its own": <Example id="inline" from={options} inline />,
    "on a surface of its own, many": <Example id="many" from={many} inline />,
    loading: <Example id="loading" from={never} inline />,
    error: <Example id="failing" from={failing} inline />,
    empty: <Example id="none" from={[]} inline free={false} />,
    "long text": <Example id="long" from={[{ value: longText, note: longText }]} initial={longText} inline />,
  },
  alone: {
    open: (
      <Opened by="click">
        <Example id="open" from={options} />
      </Opened>
    ),
  },
};
