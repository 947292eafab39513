import { X } from "lucide-react";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { useMessages } from "../../i18n/language.ts";
import { composes } from "../../lib/composing.ts";
import css from "./Labels.module.css";

interface LabelEditorProps {
  label: string;
  value: readonly string[];
  onChange: (value: readonly string[]) => void;
  suggestions?: readonly string[] | undefined;
}

/** Free words as removable chips: Enter or a comma adds one, Backspace in the empty field removes the last. */
export function LabelEditor({ label, value, onChange, suggestions }: LabelEditorProps) {
  const m = useMessages();
  const id = useId();
  const [typed, setTyped] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const add = (text: string) => {
    const word = text.trim();
    if (word !== "" && !value.includes(word)) onChange([...value, word]);
    setTyped("");
  };
  const press = (event: KeyboardEvent) => {
    if (composes(event.nativeEvent)) return;
    if ((event.key === "Enter" || event.key === ",") && typed.trim() !== "") {
      event.preventDefault();
      add(typed);
    } else if (event.key === "Backspace" && typed === "" && value.length > 0) onChange(value.slice(0, -1));
  };
  return (
    <div className={css.editor}>
      <label htmlFor={id} className={css.label}>
        {label}
      </label>
      <div className={css.box}>
        {value.map((word) => (
          <span key={word} className={css.chip}>
            {word}
            <button
              type="button"
              className={css.remove}
              aria-label={m.ui.labels.remove(word)}
              onClick={() => {
                onChange(value.filter((other) => other !== word));
                input.current?.focus(); // the button goes with its chip
              }}
            >
              <X aria-hidden="true" />
            </button>
          </span>
        ))}
        <input
          ref={input}
          id={id}
          className={css.input}
          value={typed}
          list={`${id}-known`}
          placeholder={value.length === 0 ? m.ui.labels.add : undefined}
          aria-describedby={`${id}-hint`}
          onKeyDown={press}
          onBlur={() => add(typed)}
          onChange={(event) => {
            // A suggestion that was chosen comes at once and whole.
            const chosen = event.target.value;
            if (
              suggestions?.includes(chosen) === true &&
              !("data" in event.nativeEvent && event.nativeEvent.data !== null)
            )
              add(chosen);
            else setTyped(chosen);
          }}
        />
        <datalist id={`${id}-known`}>
          {suggestions
            ?.filter((word) => !value.includes(word))
            .map((word) => (
              <option key={word} value={word} />
            ))}
        </datalist>
      </div>
      <p id={`${id}-hint`} className={css.hint}>
        {m.ui.labels.hint}
      </p>
    </div>
  );
}
