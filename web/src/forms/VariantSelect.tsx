import { useMessages } from "../i18n/language.ts";
import type { Json } from "../lib/json.ts";
import type { Field } from "./field.ts";
import css from "./Control.module.css";
import { convert } from "./union.ts";

interface VariantSelectProps {
  label: string;
  variants: readonly Field[];
  chosen: number;
  value: Json | undefined;
  onChoose: (variant: number, value: Json | undefined) => void;
}

/** Chooses which of several types a field has; what is there is kept as far as the other type can say it. */
export function VariantSelect({ label, variants, chosen, value, onChoose }: VariantSelectProps) {
  const { types } = useMessages().forms;
  return (
    <select
      className={css.variant}
      aria-label={label}
      value={chosen}
      onChange={(event) => {
        const i = Number(event.target.value);
        const to = variants[i];
        if (to !== undefined) onChoose(i, convert(value, to));
      }}
    >
      {variants.map((variant, i) => (
        // The variants of a schema never change their places.
        // oxlint-disable-next-line react/no-array-index-key
        <option key={i} value={i}>
          {variant.title ?? (variant.type === "number" && variant.integer ? types.integer : types[variant.type])}
        </option>
      ))}
    </select>
  );
}
