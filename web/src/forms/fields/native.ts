import { useState } from "react";
import type { Json } from "../../lib/json.ts";
import type { WidgetProps } from "../form-context.ts";

/** The attributes that every native control of a field has. */
export function controlProps(props: WidgetProps) {
  return {
    id: props.id,
    "aria-describedby": props.described,
    "aria-invalid": props.invalid || undefined,
    "aria-required": (props.field.required && !props.readOnly) || undefined,
    readOnly: props.readOnly,
    onBlur: props.onBlur,
  };
}

/**
 * The text of a box whose value is not a text: what was typed stays as it was typed for as long as it means the
 * value, so that "1." is not taken away on the way to "1.5".
 */
export function useTyped(
  value: Json | undefined,
  write: (value: Json | undefined) => string,
  read: (text: string) => Json | undefined,
): [text: string, type: (text: string) => Json | undefined, forget: () => void] {
  const [typed, setTyped] = useState<string>();
  const same = typed !== undefined && JSON.stringify(read(typed) ?? null) === JSON.stringify(value ?? null);
  const type = (text: string): Json | undefined => {
    setTyped(text);
    return read(text);
  };
  return [same ? typed : write(value), type, () => setTyped(undefined)];
}
