import { useState } from "react";
import { useMessages } from "../../i18n/language.ts";
import type { Json } from "../../lib/json.ts";
import css from "../Control.module.css";
import type { WidgetProps } from "../form-context.ts";
import { asText, guess, spell } from "../pairs.ts";
import { controlProps, useTyped } from "./native.ts";

const types = ["auto", "text", "number", "boolean", "json"] as const;
type Type = (typeof types)[number];

/** Reads what was typed as a type; what cannot be read stays the text. */
function readAs(type: Type, text: string): Json | undefined {
  if (text === "") return undefined;
  if (type === "text") return text;
  if (type === "boolean") return text === "true" ? true : text === "false" ? false : text;
  const value = guess(text);
  if (type === "number") return typeof value === "number" ? value : text;
  return value;
}

/** The type that a value shows; a text that looks like something else must say that it is one. */
function typeOf(value: Json | undefined): Type {
  return typeof value === "string" && guess(value) !== value ? "text" : "auto";
}

/** Any value: what looks like a number, true or JSON is taken for it, unless a type is chosen. */
export function AnyValue(props: WidgetProps) {
  const words = useMessages().forms;
  const [chosen, choose] = useState<Type>();
  const type = chosen ?? typeOf(props.value);
  const write = (value: Json | undefined): string =>
    type === "text" ? asText(value) : type === "auto" ? spell(value) : asText(value);
  const [text, read] = useTyped(props.value, write, (typed) => readAs(type, typed));
  const control = controlProps(props);
  return (
    <div className={css.line}>
      {type === "boolean" ? (
        <select
          {...control}
          className={css.input}
          value={text}
          onChange={(event) => props.onChange(read(event.target.value))}
        >
          <option value="">{`– ${words.notSet}`}</option>
          <option value="true">{words.yes}</option>
          <option value="false">{words.no}</option>
        </select>
      ) : (
        <textarea
          {...control}
          className={css.area}
          data-line
          rows={1}
          spellCheck={false}
          placeholder={props.placeholder}
          value={text}
          onChange={(event) => props.onChange(read(event.target.value))}
        />
      )}
      {!props.readOnly && (
        <select
          className={css.variant}
          aria-label={words.typeOf(props.label)}
          value={type}
          onChange={(event) => {
            const next = types.find((t) => t === event.target.value) ?? "auto";
            choose(next);
            props.onChange(readAs(next, type === "text" ? asText(props.value) : text));
          }}
        >
          {types.map((t) => (
            <option key={t} value={t}>
              {words.types[t]}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}
