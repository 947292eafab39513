import { render } from "@testing-library/react";
import { type Ref, useState } from "react";
import { beforeEach } from "vitest";
import type { Json, JsonObject } from "../lib/json.ts";
import { type Pickers, PickersProvider } from "../forms/pickers.ts";
import { type FormHandle, SchemaForm, type SchemaFormProps } from "../forms/SchemaForm.tsx";

/** What the form was last told to hold. */
export let value: JsonObject = {};
/** The handle of the form that is shown. */
export let form: FormHandle | null = null;
const handle: Ref<FormHandle> = (given) => {
  form = given;
};

type Given = Omit<SchemaFormProps, "value" | "onChange" | "label">;

/** A form that holds what is typed into it. */
export function Live({ begin, given, pickers }: { begin: JsonObject; given: Given; pickers: Pickers }) {
  const [held, hold] = useState(begin);
  const change = (next: JsonObject): void => {
    value = next;
    hold(next);
  };
  return (
    <PickersProvider value={pickers}>
      <SchemaForm {...given} label="Spec" ref={handle} value={held} onChange={change} />
    </PickersProvider>
  );
}

/** Shows a form of these properties. */
export function show(
  properties: Record<string, Json>,
  begin: JsonObject = {},
  more: Partial<Given> & { required?: string[]; pickers?: Pickers } = {},
) {
  const { required = [], pickers = {}, ...given } = more;
  const schema: Json = { type: "object", required, properties };
  return render(<Live begin={begin} pickers={pickers} given={{ schema, ...given }} />);
}

beforeEach(() => {
  localStorage.clear();
  value = {};
});
