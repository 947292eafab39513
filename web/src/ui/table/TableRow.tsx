import { ChevronRight } from "lucide-react";
import { memo, type MouseEvent, type ReactNode, useId } from "react";
import { useMessages } from "../../i18n/language.ts";
import { Checkbox } from "../field/Checkbox.tsx";
import type { Column } from "./column.ts";
import css from "./DataTable.module.css";
import detailsCss from "./RowDetails.module.css";

/** What all rows of a table share; it changes rarely, so that rows are seldom drawn again. */
export interface RowFrame<T> {
  columns: readonly Column<T>[];
  onOpen: (row: T) => void;
  select: ((id: string, range: boolean) => void) | undefined;
  expand: ((id: string) => void) | undefined;
  details: ((row: T) => ReactNode) | undefined;
  setActive: (id: string) => void;
}

interface TableRowProps {
  row: unknown;
  id: string;
  name: string;
  index: number;
  frame: RowFrame<unknown>;
  active: boolean;
  selected: boolean;
  expanded: boolean;
  /** Rows fly by: it is drawn without what nobody could act on. */
  quick: boolean;
  heading?: string | undefined;
}

/** What a row shows, which stays as it is when the row moves, is chosen or has the focus. */
const Cells = memo(function Cells({
  row,
  columns,
  quick,
}: Pick<TableRowProps, "row" | "quick"> & Pick<RowFrame<unknown>, "columns">) {
  return columns.map((column) => (
    <div
      key={column.id}
      role="gridcell"
      className={css.cell}
      data-align={column.align}
      data-pin={column.pin}
      data-wide-only={column.wideOnly || undefined}
      // What stands without its header says what it is.
      data-label={
        column.told === true || (column.align === "end" && column.pin === undefined) ? column.header : undefined
      }
    >
      {(quick ? (column.quick ?? column.cell) : column.cell)(row)}
    </div>
  ));
});

/** One row, and below it its details when they are unfolded. */
export const TableRow = memo(function TableRow({
  row,
  id,
  name,
  index,
  frame,
  active,
  selected,
  expanded,
  quick,
  heading,
}: TableRowProps) {
  const m = useMessages();
  const detailsId = useId();
  const open = (event: MouseEvent) => {
    // A click on a control of the row, or at the end of marking text, is no click on the row.
    const control =
      event.target instanceof Element && event.target.closest("a, button, input, label, [role=menuitem]") !== null;
    if (!control && window.getSelection()?.toString() === "") frame.onOpen(row);
  };
  return (
    <>
      {heading !== undefined && (
        <div role="row" className={css.heading}>
          <div role="gridcell" aria-colspan={frame.columns.length + 2}>
            {heading}
          </div>
        </div>
      )}
      {/* Keys are taken by the grid around the rows. */}
      <div
        role="row"
        data-row-id={id}
        aria-rowindex={index + 2}
        aria-selected={frame.select === undefined ? undefined : selected}
        tabIndex={active ? 0 : -1}
        className={css.row}
        onClick={open}
        onFocus={() => frame.setActive(id)}
      >
        {frame.select !== undefined && (
          <div
            role="gridcell"
            className={css.tool}
            onClickCapture={(event) => {
              if (!event.shiftKey) return;
              event.preventDefault();
              event.stopPropagation();
              frame.select?.(id, true);
            }}
          >
            {!quick && (
              <Checkbox bare label={m.ui.select(name)} checked={selected} onChange={() => frame.select?.(id, false)} />
            )}
          </div>
        )}
        {frame.expand !== undefined && (
          <div role="gridcell" className={css.tool}>
            <button
              type="button"
              className={detailsCss.chevron}
              aria-expanded={expanded}
              aria-controls={expanded ? detailsId : undefined}
              aria-label={expanded ? m.ui.collapse(name) : m.ui.expand(name)}
              onClick={() => frame.expand?.(id)}
            >
              <ChevronRight aria-hidden="true" />
            </button>
          </div>
        )}
        <Cells row={row} columns={frame.columns} quick={quick} />
      </div>
      {expanded && frame.details !== undefined && (
        <div role="row">
          <div role="gridcell" id={detailsId} className={detailsCss.details} aria-colspan={frame.columns.length + 2}>
            {frame.details(row)}
          </div>
        </div>
      )}
    </>
  );
});
