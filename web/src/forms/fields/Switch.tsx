import { useMessages } from "../../i18n/language.ts";
import css from "../Control.module.css";
import type { WidgetProps } from "../form-context.ts";

/** Yes or no, as a checkbox. Back at what holds anyhow, it is not sent. */
export function Switch(props: WidgetProps) {
  const words = useMessages().forms;
  const { field, value } = props;
  const anyhow = field.default === true;
  const checked = typeof value === "boolean" ? value : anyhow;
  return (
    <div className={css.switch}>
      <input
        id={props.id}
        type="checkbox"
        className={css.checkbox}
        checked={checked}
        aria-describedby={props.described}
        aria-invalid={props.invalid || undefined}
        aria-disabled={props.readOnly || undefined}
        onBlur={props.onBlur}
        onChange={(event) => {
          if (props.readOnly) return;
          const next = event.target.checked;
          props.onChange(next === anyhow && !field.required && props.item !== true ? undefined : next);
        }}
      />
      <span aria-hidden="true">{checked ? words.yes : words.no}</span>
    </div>
  );
}
