import type { Json, JsonObject } from "../lib/json.ts";
import { Held } from "../stories/Held.tsx";
import { nothing, type Story } from "../stories/story.ts";
import { SpecForm } from "./SpecForm.tsx";
import { YamlForm } from "./YamlForm.tsx";

const schema: Json = {
  type: "object",
  required: ["handler"],
  properties: {
    handler: { type: "string", title: "Handler" },
    requirements: { type: "array", title: "Requirements", items: { type: "string" } },
  },
};
const value: JsonObject = { handler: "train", requirements: ["pandas", "scikit-learn"] };

export const story: Story = {
  about: "A schema's form with the way over to YAML, whose comments are not kept.",
  keyboard: { Tab: "goes through the fields", "Escape, then Tab": "leaves the text" },
  states: {
    form: (
      <Held initial={value}>
        {(held, hold) => <SpecForm label="Spec" schema={schema} value={held} onChange={hold} />}
      </Held>
    ),
    yaml: (
      <Held initial={value}>
        {(held, hold) => <YamlForm label="Spec" schema={schema} value={held} onChange={hold} onBroken={nothing} />}
      </Held>
    ),
    "nothing typed yet": (
      <Held<JsonObject> initial={{}}>
        {(held, hold) => <SpecForm label="New spec" schema={schema} value={held} onChange={hold} />}
      </Held>
    ),
  },
  alone: {
    error: (
      <Held initial={value}>
        {(held, hold) => (
          <YamlForm
            label="Refused spec"
            schema={schema}
            value={held}
            onChange={hold}
            onBroken={nothing}
            errors={[{ pointer: "/requirements/1", message: "There is no such package." }]}
          />
        )}
      </Held>
    ),
  },
};
