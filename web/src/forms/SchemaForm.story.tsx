import type { Json, JsonObject } from "../lib/json.ts";
import { Held } from "../stories/Held.tsx";
import { longText, type Story } from "../stories/story.ts";
import everything from "./fixtures/everything.json" with { type: "json" };
import { SchemaForm, type SchemaFormProps } from "./SchemaForm.tsx";

const small: Json = {
  type: "object",
  required: ["name"],
  properties: {
    name: { type: "string", title: "Name", pattern: "^[a-z-]+$", description: "How it is called." },
    ratio: { type: "number", title: "Ratio", minimum: 0, maximum: 1, default: 0.2 },
    shuffle: { type: "boolean", title: "Shuffle" },
    labels: { type: "array", title: "Labels", items: { type: "string" } },
  },
};
const long: Json = {
  type: "object",
  properties: {
    text: { type: "string", title: longText, description: longText },
    choice: { type: "string", title: "Choice", enum: [longText, "short"] },
    [longText]: { type: "string" },
  },
};
const [all] = everything;

type ExampleProps = Partial<Omit<SchemaFormProps, "value" | "onChange" | "ref">> & { initial?: JsonObject };

const none: JsonObject = {};

function Example({ initial = none, label = "Parameters", schema = small, ...rest }: ExampleProps) {
  return (
    <Held initial={initial}>
      {(value, setValue) => <SchemaForm {...rest} label={label} schema={schema} value={value} onChange={setValue} />}
    </Held>
  );
}

export const story: Story = {
  about: "A form from a schema that the server sends, without knowing any kind.",
  keyboard: {
    Tab: "goes through the fields",
    "Enter or Space": "unfolds a group",
    "↓ ↑": "move within a field's own list",
  },
  states: {
    default: <Example initial={{ name: "train", labels: ["ml"] }} />,
    "nothing typed yet": <Example />,
    empty: <Example schema={{ type: "object", properties: {} }} />,
    "locked with reason": <Example initial={{ name: "train" }} locked={{ "/name": "A name cannot be changed." }} />,
    "changed from the last run": (
      <Example
        initial={{ name: "train", ratio: 0.3 }}
        baseline={{ value: { name: "train", ratio: 0.2 }, label: "the last run" }}
      />
    ),
    "long text": <Example schema={long} initial={{ text: longText, choice: longText }} />,
  },
  alone: {
    error: (
      <Example
        initial={{ name: "Train" }}
        errors={[{ pointer: "/ratio", message: "There are too few rows for it." }]}
      />
    ),
    everything: (
      <Example
        schema={all?.schema ?? null}
        uiSchema={all?.uiSchema ?? null}
        unfolded={["code", "tuning", "advanced"]}
      />
    ),
  },
};
