import { type ReactNode, useEffect, useId, useRef } from "react";
import css from "./Field.module.css";

interface CheckboxProps {
  label: string;
  checked: boolean | "mixed";
  onChange: (checked: boolean) => void;
  help?: ReactNode;
  /** Shows the box alone; the label stays its name. */
  bare?: boolean | undefined;
}

/** A native checkbox, which may be half checked. */
export function Checkbox({ label, checked, onChange, help, bare }: CheckboxProps) {
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = checked === "mixed"; // no attribute exists for it
  }, [checked]);
  const input = (
    <input
      ref={box}
      id={id}
      type="checkbox"
      className={css.checkbox}
      checked={checked === true}
      onChange={(event) => onChange(event.target.checked)}
      aria-label={bare === true ? label : undefined}
      aria-describedby={help === undefined ? undefined : `${id}-help`}
    />
  );
  if (bare === true) return input;
  return (
    <div className={css.check}>
      {input}
      <label htmlFor={id}>{label}</label>
      {help !== undefined && (
        <p id={`${id}-help`} className={css.help}>
          {help}
        </p>
      )}
    </div>
  );
}
