import type { Json } from "../../lib/json.ts";
import { asText } from "../pairs.ts";
import css from "../Control.module.css";
import type { WidgetProps } from "../form-context.ts";
import { controlProps, useTyped } from "./native.ts";

/** What is no number stays what was typed: the field says so, and nothing is lost. */
function readNumber(text: string): Json | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  const n = Number(trimmed);
  // Digits that would be lost stay a text as well.
  return Number.isFinite(n) && (!Number.isInteger(n) || Number.isSafeInteger(n)) ? n : text;
}

/** A number, typed. Arrow keys step it. */
export function NumberBox(props: WidgetProps) {
  const { field, hint, value } = props;
  const [text, type] = useTyped(value, asText, readNumber);
  const step = field.type === "number" ? (field.step ?? 1) : 1;
  return (
    <div className={css.line}>
      <input
        {...controlProps(props)}
        className={css.input}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        placeholder={props.placeholder}
        value={text}
        onChange={(event) => props.onChange(type(event.target.value))}
        onKeyDown={(event) => {
          const way = { ArrowUp: step, ArrowDown: -step }[event.key];
          if (way === undefined || props.readOnly || typeof (value ?? 0) !== "number") return;
          event.preventDefault();
          const base = typeof value === "number" ? value : typeof field.default === "number" ? field.default : 0;
          props.onChange(clamp(Number((base + way).toPrecision(15)), props));
        }}
      />
      {hint.unit !== undefined && <span className={css.unit}>{hint.unit}</span>}
    </div>
  );
}

function clamp(n: number, { field }: WidgetProps): number {
  if (field.type !== "number") return n;
  return Math.min(field.max ?? Infinity, Math.max(field.min ?? -Infinity, n));
}
