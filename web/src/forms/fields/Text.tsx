import { asText } from "../pairs.ts";
import css from "../Control.module.css";
import type { WidgetProps } from "../form-context.ts";
import { controlProps } from "./native.ts";

/** A line of text; a secret one is not shown. Emptied, it is not sent. */
export function Text(props: WidgetProps) {
  const { field } = props;
  return (
    <input
      {...controlProps(props)}
      className={css.input}
      type={field.secret ? "password" : "text"}
      autoComplete={field.secret ? "new-password" : "off"}
      spellCheck={false}
      placeholder={props.placeholder}
      value={asText(props.value)}
      onChange={(event) => props.onChange(event.target.value === "" ? undefined : event.target.value)}
    />
  );
}
