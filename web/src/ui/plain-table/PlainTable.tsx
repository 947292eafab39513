import { type ReactNode, useRef } from "react";
import { useSides } from "../media/use-sides.ts";
import css from "./PlainTable.module.css";

interface PlainTableProps {
  label: string;
  /** Cells of one line cut what is longer. In any case one with data-line has one line, one with data-wrap breaks. */
  lines?: "one" | "many" | undefined;
  /** Stands on its own, in a frame and not in a card: a region that scrolls and takes the focus. */
  framed?: boolean | undefined;
  /** Scrolls within most of the window, its head in sight. */
  limited?: boolean | undefined;
  /** The first column stays in sight while the others scroll sideways. */
  pinned?: boolean | undefined;
  /** In a narrow window the facts of a row stand below each other: for those that say by themselves what they are. */
  stacked?: boolean | undefined;
  /** The thead and the tbody; data-end sets a number at the end of its cell. */
  children: ReactNode;
}

/** A native table of facts, which scrolls inside of itself; lists of documents are a DataTable's. */
export function PlainTable({ label, lines = "many", framed, limited, pinned, stacked, children }: PlainTableProps) {
  const ref = useRef<HTMLDivElement>(null);
  const { sides, look } = useSides(ref);
  const table = (
    <table
      className={css.table}
      aria-label={label}
      data-lines={lines}
      data-pinned={pinned || undefined}
      data-stacked={stacked || undefined}
    >
      {children}
    </table>
  );
  const region = framed === true || sides !== "none";
  return (
    <div className={css.frame} data-more={sides} data-pinned={pinned || undefined}>
      <div
        ref={ref}
        className={css.scroll}
        data-framed={framed || undefined}
        data-limited={limited || undefined}
        role={region ? "region" : undefined}
        aria-label={region ? label : undefined}
        // A region that scrolls must be reachable by keyboard; not every browser sees to that itself.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={region ? 0 : undefined}
        onScroll={look}
      >
        {table}
      </div>
    </div>
  );
}
