import { asText } from "../pairs.ts";
import css from "../Control.module.css";
import type { WidgetProps } from "../form-context.ts";
import { controlProps } from "./native.ts";

/** A text of several lines. */
export function TextArea(props: WidgetProps) {
  return (
    <textarea
      {...controlProps(props)}
      className={css.area}
      rows={3}
      placeholder={props.placeholder}
      value={asText(props.value)}
      onChange={(event) => props.onChange(event.target.value === "" ? undefined : event.target.value)}
    />
  );
}
