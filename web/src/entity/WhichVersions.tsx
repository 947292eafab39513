import { useId } from "react";
import { useMessages } from "../i18n/language.ts";
import css from "./WhichVersions.module.css";

interface WhichVersionsProps {
  /** How the version that is looked at is called. */
  version: string;
  all: boolean;
  onChange: (all: boolean) => void;
}

/** Whether one version is deleted or all versions of its name. */
export function WhichVersions({ version, all, onChange }: WhichVersionsProps) {
  const m = useMessages();
  const group = useId();
  const choices = [
    [false, m.functions.thisVersion(version)],
    [true, m.functions.everyVersion],
  ] as const;
  return (
    <fieldset className={css.choices}>
      <legend>{m.functions.deleteWhat}</legend>
      {choices.map(([value, text]) => (
        <label key={text}>
          <input type="radio" name={group} checked={all === value} onChange={() => onChange(value)} />
          {text}
        </label>
      ))}
    </fieldset>
  );
}
