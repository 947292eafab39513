import { Held } from "../../stories/Held.tsx";
import { longText, type Story } from "../../stories/story.ts";
import { SelectField } from "./SelectField.tsx";

const options = [
  { value: "en", label: "English" },
  { value: "it", label: "Italiano" },
];

function Example({
  label = "Language",
  list = options,
  help,
}: {
  label?: string;
  list?: typeof options;
  help?: string;
}) {
  return (
    <Held initial={list[0]?.value ?? ""}>
      {(value, setValue) => (
        <SelectField
          label={label}
          value={value}
          options={list}
          onChange={setValue}
          {...(help !== undefined && { help })}
        />
      )}
    </Held>
  );
}

export const story: Story = {
  about: "A native choice of one value with its label and help.",
  keyboard: { "↓ ↑": "change the choice", "a letter": "goes to what begins with it" },
  states: {
    default: <Example />,
    "with help": <Example help="Kept in this browser." />,
    empty: <Example list={[]} />,
    many: (
      <Example label="Zone" list={Array.from({ length: 400 }, (_, i) => ({ value: String(i), label: `Zone ${i}` }))} />
    ),
    "long text": <Example label={longText} list={[{ value: "a", label: longText }]} help={longText} />,
  },
};
