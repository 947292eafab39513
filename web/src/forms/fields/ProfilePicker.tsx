import { Combobox } from "../../ui/combobox/Combobox.tsx";
import type { WidgetProps } from "../form-context.ts";
import { asText } from "../pairs.ts";
import { usePickers } from "../pickers.ts";
import { Text } from "./Text.tsx";

/** One of the prepared choices of hardware that the server lists. */
export function ProfilePicker(props: WidgetProps) {
  const { profiles } = usePickers();
  if (profiles === undefined || props.readOnly) return <Text {...props} />;
  return (
    <Combobox
      id={props.id}
      label={props.label}
      value={asText(props.value)}
      options={profiles}
      placeholder={props.placeholder}
      described={props.described}
      invalid={props.invalid}
      required={props.field.required}
      onBlur={props.onBlur}
      onInput={(typed) => props.onChange(typed === "" ? undefined : typed)}
    />
  );
}
