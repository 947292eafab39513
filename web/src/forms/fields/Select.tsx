import { useMessages } from "../../i18n/language.ts";
import { equal } from "../../lib/json.ts";
import css from "../Control.module.css";
import type { WidgetProps } from "../form-context.ts";
import { asText } from "../pairs.ts";
import { controlProps } from "./native.ts";

/** One of a few values. A value that is none of them is shown and can be left. */
export function Select(props: WidgetProps) {
  const words = useMessages().forms;
  const { field, value, placeholder } = props;
  // The empty text as a value says the same as no value.
  const options = field.type === "choice" ? field.options.filter((o) => o.value !== "" && o.value !== null) : [];
  const at = options.findIndex((o) => value !== undefined && equal(o.value, value));
  const foreign = value !== undefined && value !== null && value !== "" && at < 0;
  const { readOnly, ...control } = controlProps(props);
  return (
    <select
      {...control}
      className={css.input}
      aria-disabled={readOnly || undefined}
      value={foreign ? "foreign" : at < 0 ? "" : at}
      onChange={(event) => {
        if (readOnly || event.target.value === "foreign") return;
        props.onChange(event.target.value === "" ? undefined : options[Number(event.target.value)]?.value);
      }}
    >
      <option value="">{placeholder ?? (field.required ? words.choose : `– ${words.notSet}`)}</option>
      {foreign && <option value="foreign">{asText(value)}</option>}
      {options.map((option, i) => (
        <option key={asText(option.value)} value={i}>
          {option.title ?? asText(option.value)}
        </option>
      ))}
    </select>
  );
}
