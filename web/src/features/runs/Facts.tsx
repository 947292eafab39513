import type { ReactNode } from "react";
import css from "./RunPage.module.css";

/** Names and what they stand for. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={css.pairs}>
      {facts.map(([term, fact]) => (
        <div key={term} className={css.pair}>
          <dt>{term}</dt>
          <dd>{fact}</dd>
        </div>
      ))}
    </dl>
  );
}
