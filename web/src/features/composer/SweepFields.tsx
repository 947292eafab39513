import { useMessages } from "../../i18n/language.ts";
import { Checkbox } from "../../ui/field/Checkbox.tsx";
import { TextField } from "../../ui/field/TextField.tsx";
import css from "./Composer.module.css";
import { Select } from "./Select.tsx";
import type { SweepDraft } from "./sweep.ts";

interface SweepFieldsProps {
  parameters: readonly string[];
  value: SweepDraft | undefined;
  count: number;
  problem: string | undefined;
  onChange: (value: SweepDraft | undefined) => void;
}

/** Several values of one parameter: each becomes a run, all under one label. */
export function SweepFields({ parameters, value, count, problem, onChange }: SweepFieldsProps) {
  const m = useMessages();
  const words = m.composer.sweep;
  if (parameters.length === 0) return null;
  return (
    <div className={css.sweep}>
      <Checkbox
        label={words.label}
        help={words.help}
        checked={value !== undefined}
        onChange={(on) => onChange(on ? { parameter: parameters[0] ?? "", values: "" } : undefined)}
      />
      {value !== undefined && (
        <div className={css.row}>
          <Select
            label={words.parameter}
            value={value.parameter}
            options={parameters.map((name) => ({ value: name, label: name }))}
            onChange={(parameter) => onChange({ ...value, parameter })}
          />
          <TextField
            label={words.values}
            value={value.values}
            placeholder="5, 10, 20"
            help={words.runs(count)}
            error={value.values === "" ? undefined : problem}
            onChange={(values) => onChange({ ...value, values })}
          />
        </div>
      )}
    </div>
  );
}
