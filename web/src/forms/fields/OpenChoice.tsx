import { Combobox, type Option } from "../../ui/combobox/Combobox.tsx";
import type { WidgetProps } from "../form-context.ts";
import { asText } from "../pairs.ts";
import { Text } from "./Text.tsx";

/** One of many values, found by typing; of a text field, its examples are offered and any text is welcome. */
export function OpenChoice(props: WidgetProps) {
  const { field } = props;
  if (props.readOnly) return <Text {...props} />;
  const values = field.type === "choice" ? field.options.map((o) => o.value) : field.examples;
  const titles = field.type === "choice" ? field.options.map((o) => o.title) : [];
  const options: Option[] = values.map((v, i) => ({ value: asText(v), label: titles[i] }));
  return (
    <Combobox
      id={props.id}
      label={props.label}
      value={asText(props.value)}
      options={options}
      free={field.type !== "choice"}
      placeholder={props.placeholder}
      described={props.described}
      invalid={props.invalid}
      required={field.required}
      onBlur={props.onBlur}
      onInput={(typed) => {
        const found = values.find((v) => asText(v) === typed);
        props.onChange(typed === "" ? undefined : (found ?? typed));
      }}
    />
  );
}
