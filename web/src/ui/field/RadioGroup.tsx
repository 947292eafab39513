import { type ReactNode, useId } from "react";
import css from "./Field.module.css";

interface RadioGroupProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
  help?: ReactNode;
}

/** One of a few, all in sight. */
export function RadioGroup<T extends string>({ label, value, options, onChange, help }: RadioGroupProps<T>) {
  const id = useId();
  return (
    <fieldset className={css.radios} aria-describedby={help === undefined ? undefined : `${id}-help`}>
      <legend className={css.label}>{label}</legend>
      <div className={css.radioRow}>
        {options.map((option) => (
          <label key={option.value} className={css.radio}>
            <input type="radio" name={id} checked={option.value === value} onChange={() => onChange(option.value)} />
            {option.label}
          </label>
        ))}
      </div>
      {help !== undefined && (
        <p id={`${id}-help`} className={css.help}>
          {help}
        </p>
      )}
    </fieldset>
  );
}
