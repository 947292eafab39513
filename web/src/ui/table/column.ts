import type { ReactNode } from "react";

/** A column of a DataTable. */
export interface Column<T> {
  id: string;
  header: string;
  /** What its header shows in place of its words, such as an axis. */
  head?: ReactNode;
  /** A track of the grid, such as minmax(160px, 2fr). */
  width: string;
  cell: (row: T) => ReactNode;
  align?: "end" | undefined;
  /** Stays in sight while the others scroll sideways. */
  pin?: "start" | "end" | undefined;
  /** The word the list is sorted by, when it can be. */
  sort?: string | undefined;
  /** May be hidden; true hides it until it is asked for. */
  optional?: "shown" | "hidden" | undefined;
}

export interface Sort {
  by: string;
  descending: boolean;
}

/** The columns shown: all but those that the person hid, or that hide until they are asked for. */
export function visibleColumns<T>(columns: readonly Column<T>[], toggled: readonly string[]): readonly Column<T>[] {
  return columns.filter((column) => {
    if (column.optional === undefined) return true;
    return (column.optional === "shown") !== toggled.includes(column.id);
  });
}
