import { ArrowDown, ArrowUp } from "lucide-react";
import { useMessages } from "../../i18n/language.ts";
import { Checkbox } from "../field/Checkbox.tsx";
import type { Column, Sort } from "./column.ts";
import css from "./DataTable.module.css";

interface TableHeadProps<T> {
  columns: readonly Column<T>[];
  sort: Sort | undefined;
  onSort: ((by: string) => void) | undefined;
  expandable: boolean;
  selection: { all: boolean; some: boolean; label: string; change: (all: boolean) => void } | undefined;
}

/** The header row, which stays in sight. */
export function TableHead<T>({ columns, sort, onSort, expandable, selection }: TableHeadProps<T>) {
  const m = useMessages();
  return (
    <div role="rowgroup" className={css.head}>
      <div role="row" aria-rowindex={1} className={css.headRow}>
        {selection !== undefined && (
          <div role="columnheader" className={css.tool}>
            <Checkbox
              bare
              label={selection.label}
              checked={selection.all ? true : selection.some ? "mixed" : false}
              onChange={selection.change}
            />
          </div>
        )}
        {expandable && (
          <div role="columnheader" className={css.tool}>
            <span className={css.hidden}>{m.ui.versionsColumn}</span>
          </div>
        )}
        {columns.map((column) => {
          const sorted = column.sort !== undefined && sort?.by === column.sort ? sort : undefined;
          const { sort: by } = column;
          return (
            <div
              key={column.id}
              role="columnheader"
              className={css.header}
              data-align={column.align}
              data-pin={column.pin}
              aria-sort={sorted === undefined ? undefined : sorted.descending ? "descending" : "ascending"}
            >
              {by === undefined || onSort === undefined ? (
                (column.head ?? column.header)
              ) : (
                <button
                  type="button"
                  className={css.sort}
                  onClick={() => onSort(by)}
                  aria-label={m.ui.sortBy(column.header)}
                >
                  {column.header}
                  {sorted !== undefined &&
                    (sorted.descending ? <ArrowDown aria-hidden="true" /> : <ArrowUp aria-hidden="true" />)}
                </button>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
