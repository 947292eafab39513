import { useFormat, useMessages } from "../../i18n/language.ts";
import type { Json } from "../../lib/json.ts";
import css from "../Control.module.css";
import type { WidgetProps } from "../form-context.ts";
import { asText } from "../pairs.ts";
import { amountOf, isQuantity, splitQuantity, unitsOf } from "../quantity.ts";
import { controlProps, useTyped } from "./native.ts";

/** An amount with its unit: both may be typed, "4Gi", or the unit chosen beside it. Says what it comes to. */
export function Quantity(props: WidgetProps) {
  const words = useMessages().forms;
  const format = useFormat();
  const { unit: kind, limit } = props.hint;
  const units = unitsOf(kind);
  const whole = asText(props.value);
  const split = splitQuantity(whole);
  const known = split !== undefined && units.includes(split.unit);
  // A unit is chosen before there is a number as well.
  const unit = known ? split.unit : (units[units.length > 2 ? 2 : 0] ?? "");
  const chooses = units.length > 1;
  const read = (text: string): Json | undefined => {
    const typed = splitQuantity(text);
    if (text.trim() === "") return undefined;
    // What is no amount stays as it was typed.
    if (typed === undefined || (typed.unit !== "" && !units.includes(typed.unit))) return text.trim();
    // A bare number is in the unit beside it.
    return typed.amount + (typed.unit === "" && chooses ? unit : typed.unit);
  };
  const [text, type, forget] = useTyped(props.value, () => (known && chooses ? split.amount : whole), read);
  const amount = isQuantity(whole, kind) ? amountOf(whole) : undefined;
  return (
    <div className={css.line}>
      <input
        {...controlProps(props)}
        className={css.input}
        inputMode="text"
        autoComplete="off"
        placeholder={props.placeholder ?? words.quantity.none}
        value={text}
        onChange={(event) => props.onChange(type(event.target.value))}
        onBlur={() => {
          forget(); // a unit that was typed goes over to the choice beside it
          props.onBlur();
        }}
      />
      {chooses && (
        <select
          className={css.unitSelect}
          aria-label={words.unitOf(props.label)}
          value={unit}
          disabled={props.readOnly}
          onChange={(event) => props.onChange(split === undefined ? props.value : split.amount + event.target.value)}
        >
          {units.map((u) => (
            <option key={u} value={u}>
              {u === "" ? (kind === "bytes" ? "B" : "CPU") : u}
            </option>
          ))}
        </select>
      )}
      {limit !== undefined && (
        <span className={css.unit}>{words.quantity.limit(kind === "cpu" ? `${limit} CPU` : limit)}</span>
      )}
      {amount !== undefined && kind === "bytes" && (
        <span className={css.unit}>{words.quantity.bytes(format.bytes(amount))}</span>
      )}
      {amount !== undefined && kind === "cpu" && unit === "m" && (
        <span className={css.unit}>{words.quantity.cpu(format.number(amount))}</span>
      )}
    </div>
  );
}
