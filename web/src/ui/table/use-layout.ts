import { useMemo } from "react";
import { toggled } from "../../lib/range.ts";
import { usePrefs } from "../prefs/prefs.ts";
import { arranged, type Column, movedTo, visibleColumns } from "./column.ts";

const none: readonly string[] = [];
const usual: Readonly<Record<string, number>> = {};

/** What of a table's columns this browser remembers: which are shown, in which order, how wide. */
export function useLayout<T>(id: string, columns: readonly Column<T>[]) {
  const { prefs, change } = usePrefs();
  const hidden = prefs.hiddenColumns[id] ?? none;
  const order = prefs.columnOrder[id] ?? none;
  const widths = prefs.columnWidths[id] ?? usual;
  const all = useMemo(() => arranged(columns, order), [columns, order]);
  const shown = useMemo(() => visibleColumns(all, hidden), [all, hidden]);
  return {
    all,
    shown,
    widths,
    isUsual: hidden.length === 0 && order.length === 0 && Object.keys(widths).length === 0,
    toggle: (column: string) =>
      change({ hiddenColumns: { ...prefs.hiddenColumns, [id]: [...toggled(new Set(hidden), column)] } }),
    /** Gives a column the place of another. */
    move: (column: string, place: string) => {
      const ids = all.map((each) => each.id);
      change({ columnOrder: { ...prefs.columnOrder, [id]: movedTo(ids, column, place) } });
    },
    /** Gives a column a width in pixels, or the usual one. */
    resize: (column: string, width: number | undefined) => {
      const { [column]: _, ...others } = widths;
      const next = width === undefined ? others : { ...others, [column]: Math.round(width) };
      change({ columnWidths: { ...prefs.columnWidths, [id]: next } });
    },
    /** Shows the table as it was made. */
    reset: () => {
      const without = <V>(all: Readonly<Record<string, V>>) => {
        const { [id]: _, ...others } = all;
        return others;
      };
      change({
        hiddenColumns: without(prefs.hiddenColumns),
        columnOrder: without(prefs.columnOrder),
        columnWidths: without(prefs.columnWidths),
      });
    },
  };
}
