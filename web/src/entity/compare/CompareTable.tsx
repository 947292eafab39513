import { Star, X } from "lucide-react";
import { Fragment, type ReactNode } from "react";
import { useMessages } from "../../i18n/language.ts";
import { IconButton } from "../../ui/button/IconButton.tsx";
import { PlainTable } from "../../ui/plain-table/PlainTable.tsx";
import css from "./Compare.module.css";
import { bestOf, type CompareRow } from "./rows.ts";

/** A document that is compared. */
export interface ComparedColumn {
  id: string;
  name: string;
  /** What stands at the head of its column: the name where nothing else is given. */
  head?: ReactNode;
}

interface CompareTableProps<Section extends string> {
  label: string;
  columns: readonly ComparedColumn[];
  sections: readonly (readonly [id: Section, label: string])[];
  rows: readonly CompareRow<Section>[];
  /** What stands there when no row is left. */
  empty: string;
  /** How much a number is more or less than the baseline's, in words; undefined where that says nothing. */
  amount: (row: CompareRow<Section>, size: number) => string | undefined;
  /** Where the baseline can be chosen. */
  onBaseline?: ((id: string) => void) | undefined;
  onRemove?: ((id: string) => void) | undefined;
}

/** A column for each document, the baseline first; what differs from it is marked, numbers with how much. */
export function CompareTable<Section extends string>(props: CompareTableProps<Section>) {
  const m = useMessages();
  const words = m.compare;
  const { label, columns, rows, sections, onBaseline, onRemove } = props;
  return (
    <PlainTable label={label} framed pinned>
      <thead>
        <tr>
          <th scope="col">{words.field}</th>
          {columns.map(({ id, name, head }, index) => (
            <th key={id} scope="col">
              <span className={css.head}>
                {head ?? name}
                {onBaseline !== undefined &&
                  (index === 0 ? (
                    <span className={css.baseline}>
                      <Star aria-hidden="true" />
                      {words.baseline}
                    </span>
                  ) : (
                    <IconButton
                      size="small"
                      label={words.makeBaseline(name)}
                      icon={<Star />}
                      onClick={() => onBaseline(id)}
                    />
                  ))}
                {onRemove !== undefined && (
                  <IconButton size="small" label={words.remove(name)} icon={<X />} onClick={() => onRemove(id)} />
                )}
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.length === 0 && (
          <tr>
            <td colSpan={columns.length + 1}>{props.empty}</td>
          </tr>
        )}
        {sections.map(([section, title]) => {
          const inSection = rows.filter((row) => row.section === section);
          if (inSection.length === 0) return null;
          return (
            <Fragment key={section}>
              <tr className={css.section}>
                <th scope="colgroup" colSpan={columns.length + 1}>
                  {title}
                </th>
              </tr>
              {inSection.map((row) => (
                <Row key={row.field} row={row} columns={columns} amount={props.amount} />
              ))}
            </Fragment>
          );
        })}
      </tbody>
    </PlainTable>
  );
}

interface RowProps<Section extends string> {
  row: CompareRow<Section>;
  columns: readonly ComparedColumn[];
  amount: CompareTableProps<Section>["amount"];
}

function Row<Section extends string>({ row, columns, amount }: RowProps<Section>) {
  const m = useMessages();
  const best = bestOf(row);
  const [base] = row.cells;
  const by = (index: number) => {
    const cell = row.cells[index];
    if (index === 0 || cell?.number === undefined || base?.number === undefined || cell.text === base.text) return null;
    const more = cell.number - base.number;
    const text = amount(row, Math.abs(more));
    return text !== undefined && <span className={css.by}>{`${more > 0 ? "+" : "−"}${text}`}</span>;
  };
  return (
    <tr>
      <th scope="row" className={css.field}>
        {row.field}
      </th>
      {row.cells.map((cell, index) => (
        <td
          key={columns[index]?.id}
          className={css.cell}
          data-wrap
          data-differs={(index > 0 && cell?.text !== base?.text) || undefined}
        >
          <span>{cell?.text ?? "–"}</span>
          {by(index)}
          {best === index && <span className={css.best}>{m.compare.best}</span>}
        </td>
      ))}
    </tr>
  );
}
