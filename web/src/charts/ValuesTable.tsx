import { type UIEvent, useState } from "react";
import { useFormat, useMessages } from "../i18n/language.ts";
import css from "./ValuesTable.module.css";

const rowHeight = 24; // as the sheet has it
const drawn = 60; // more than the region shows, with some on either side
const ahead = 20;

interface ValuesTableProps {
  label: string;
  series: readonly { name: string; values: readonly (number | undefined)[] }[];
  /** What the rows are by; steps unless given. */
  first?: string;
  rowName?: (row: number) => string;
  /** Writes a value; a plain number unless given. */
  show?: (value: number) => string;
}

/** The values of a chart, by step or as its rows are named. However long a series is, only the rows in sight and some around them are drawn. */
export function ValuesTable({ label, series, first: head, rowName, show }: ValuesTableProps) {
  const m = useMessages();
  const f = useFormat();
  const write = show ?? f.number;
  const [first, setFirst] = useState(0);
  const steps = Math.max(0, ...series.map(({ values }) => values.length));
  const from = Math.min(first, Math.max(0, steps - drawn));
  const until = Math.min(steps, from + drawn);
  const scroll = ({ currentTarget }: UIEvent) => {
    const row = Math.floor(currentTarget.scrollTop / rowHeight);
    setFirst(Math.max(0, row - (row % 10) - ahead)); // moves by tens, not with each row
  };
  return (
    // A region that scrolls must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={css.scroll} role="region" aria-label={label} tabIndex={0} onScroll={scroll}>
      <table className={css.table} aria-label={label} aria-rowcount={steps + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col">{head ?? m.runs.page.step}</th>
            {series.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap rows={from} columns={series.length + 1} />
          {Array.from({ length: until - from }, (_, index) => from + index).map((step) => (
            <tr key={step} aria-rowindex={step + 2}>
              <th scope="row">{rowName?.(step) ?? step}</th>
              {series.map(({ name, values }) => {
                const value = values[step];
                return <td key={name}>{value === undefined ? "" : write(value)}</td>;
              })}
            </tr>
          ))}
          <Gap rows={steps - until} columns={series.length + 1} />
        </tbody>
      </table>
    </div>
  );
}

/** The room of rows that are not drawn. */
function Gap({ rows, columns }: { rows: number; columns: number }) {
  if (rows === 0) return null;
  return (
    <tr aria-hidden="true" className={css.gap} style={{ "--size": `${rows * rowHeight}px` }}>
      <td colSpan={columns} />
    </tr>
  );
}
