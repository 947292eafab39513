import { X } from "lucide-react";
import { useRef, useState } from "react";
import { useMessages } from "../../i18n/language.ts";
import { Combobox, type Option, type OptionSource } from "../../ui/combobox/Combobox.tsx";
import css from "./Chips.module.css";
import type { WidgetProps } from "../form-context.ts";
import { asText } from "../pairs.ts";

interface ChipsProps extends WidgetProps {
  options: readonly Option[] | OptionSource;
  /** Whether words are welcome that are no options. */
  free: boolean;
}

/** Words as chips before a field that adds one: Enter adds, Backspace in the empty field takes the last away. */
export function Chips(props: ChipsProps) {
  const words = useMessages().forms;
  const [typed, setTyped] = useState("");
  const box = useRef<HTMLDivElement>(null);
  const list = Array.isArray(props.value) ? props.value.map(asText) : [];
  const change = (next: string[]): void => props.onChange(next.length === 0 ? undefined : next);
  const add = (word: string): void => {
    const text = word.trim();
    const known = Array.isArray(props.options) ? props.options.some((o: Option) => o.value === text) : true;
    if (text !== "" && (props.free || known) && !list.includes(text)) change([...list, text]);
    setTyped("");
  };
  return (
    <div ref={box} className={css.chips}>
      {list.map((word, i) => (
        <span key={word} className={css.chip}>
          <span className={css.chipText}>{word}</span>
          {!props.readOnly && (
            <button
              type="button"
              className={css.chipRemove}
              aria-label={words.remove(word)}
              onClick={() => {
                change(list.toSpliced(i, 1));
                box.current?.querySelector("input")?.focus(); // the button goes with its chip
              }}
            >
              <X aria-hidden="true" />
            </button>
          )}
        </span>
      ))}
      {props.readOnly ? (
        list.length === 0 && <span>{words.notSet}</span>
      ) : (
        <Combobox
          id={props.id}
          label={props.label}
          value={typed}
          options={
            Array.isArray(props.options) ? props.options.filter((o: Option) => !list.includes(o.value)) : props.options
          }
          free={props.free}
          placeholder={list.length === 0 ? (props.placeholder ?? words.tagsHelp) : undefined}
          described={props.described}
          invalid={props.invalid}
          required={props.field.required}
          onInput={setTyped}
          onPick={add}
          onBlur={() => {
            if (props.free) add(typed);
            props.onBlur();
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter" && typed.trim() !== "") {
              event.preventDefault(); // Enter in a form would send it
              add(typed);
            } else if (event.key === "Backspace" && typed === "" && list.length > 0) change(list.slice(0, -1));
          }}
        />
      )}
    </div>
  );
}
