import { Eye, EyeOff } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { useMessages } from "../../i18n/language.ts";
import { Button } from "../button/Button.tsx";
import css from "./Field.module.css";

interface SecretFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  onBlur?: (() => void) | undefined;
  required?: boolean | undefined;
  help?: ReactNode;
  error?: string | undefined;
}

/** A text of one or more lines that is hidden while it is typed, until one asks to see it. */
export function SecretField({ label, value, onChange, onBlur, required, help, error }: SecretFieldProps) {
  const m = useMessages();
  const id = useId();
  const [seen, see] = useState(false);
  const described = [help !== undefined && `${id}-help`, error !== undefined && `${id}-error`]
    .filter(Boolean)
    .join(" ");
  return (
    <div className={css.field}>
      <div className={css.labelled}>
        <label className={css.label} htmlFor={id}>
          {label}
          {required === true && (
            <span className={css.required} aria-hidden="true">
              *
            </span>
          )}
        </label>
        <Button
          size="small"
          tone="quiet"
          icon={seen ? <EyeOff /> : <Eye />}
          aria-pressed={seen}
          onClick={() => see(!seen)}
        >
          {m.ui.showTyped}
        </Button>
      </div>
      <textarea
        id={id}
        className={css.area}
        data-masked={!seen || undefined}
        rows={Math.min(12, Math.max(2, value.split("\n").length))}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        required={required}
        value={value}
        onBlur={onBlur}
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
