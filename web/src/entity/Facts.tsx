import type { ReactNode } from "react";
import css from "./Facts.module.css";

interface FactsProps {
  facts: readonly (readonly [name: string, value: ReactNode])[];
  /** The names are data, and stand as they are. */
  verbatim?: boolean | undefined;
}

/** Names with values; what is undefined is left out. */
export function Facts({ facts, verbatim }: FactsProps) {
  return (
    <dl className={css.facts} data-verbatim={verbatim || undefined}>
      {facts
        .filter(([, value]) => value !== undefined && value !== "")
        .map(([name, value]) => (
          <div key={name} className={css.fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
