import { type InputHTMLAttributes, type ReactNode, type Ref, useId } from "react";
import css from "./Field.module.css";

interface TextFieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, "onChange" | "value"> {
  label: string;
  value: string;
  onChange: (value: string) => void;
  help?: ReactNode;
  error?: string | undefined;
  mono?: boolean | undefined;
  ref?: Ref<HTMLInputElement>;
}

/** A line of text with its label, help and error. */
export function TextField({ label, value, onChange, help, error, mono, ...rest }: TextFieldProps) {
  const id = useId();
  const described = [help !== undefined && `${id}-help`, error !== undefined && `${id}-error`]
    .filter(Boolean)
    .join(" ");
  return (
    <div className={css.field}>
      <label className={css.label} htmlFor={id}>
        {label}
        {rest.required === true && (
          <span className={css.required} aria-hidden="true">
            *
          </span>
        )}
      </label>
      <input
        {...rest}
        id={id}
        className={css.input}
        data-mono={mono || undefined}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={described === "" ? undefined : described}
      />
      {error !== undefined && (
        <p id={`${id}-error`} className={css.error}>
          {error}
        </p>
      )}
      {help !== undefined && (
        <p id={`${id}-help`} className={css.help}>
          {help}
        </p>
      )}
    </div>
  );
}
