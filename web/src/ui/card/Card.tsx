import type { ReactNode } from "react";
import css from "./Card.module.css";

interface CardProps {
  /** The heading, which also names the region. */
  title?: string | undefined;
  /** The name of a region without a heading. */
  label?: string | undefined;
  /** What can be done with it, at the end of the heading's line. */
  tools?: ReactNode;
  children: ReactNode;
}

/** A part of a page that belongs together, with a border around it. */
export function Card({ title, label = title, tools, children }: CardProps) {
  return (
    <section className={css.card} aria-label={label}>
      {(title !== undefined || tools !== undefined) && (
        <div className={css.head}>
          {title !== undefined && <h2>{title}</h2>}
          {tools}
        </div>
      )}
      {children}
    </section>
  );
}
