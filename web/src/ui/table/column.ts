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
  /** Stands for the cell while rows fly by: the same words in the same place, without what is acted on. */
  quick?: ((row: T) => ReactNode) | undefined;
  align?: "end" | undefined;
  /** Stays in sight while the others scroll sideways; the one at the start names the row. */
  pin?: "start" | "end" | undefined;
  /** The word the list is sorted by, when it can be. */
  sort?: string | undefined;
  /** Sorted by it, a list begins with the greatest: the newest, the longest. */
  descends?: boolean | undefined;
  /** May be hidden; true hides it until it is asked for. */
  optional?: "shown" | "hidden" | undefined;
  /** Has no room where rows are stacked in a narrow place: others tell more. */
  wideOnly?: boolean | undefined;
  /** Where rows are stacked it says its header too, as numbers at the end of a column do. */
  told?: boolean | undefined;
}

/** The columns shown: all but those that the person hid, or that hide until they are asked for. */
export function visibleColumns<T>(columns: readonly Column<T>[], toggled: readonly string[]): readonly Column<T>[] {
  return columns.filter((column) => {
    if (column.optional === undefined) return true;
    return (column.optional === "shown") !== toggled.includes(column.id);
  });
}

/** Whether a column has a place of its own choosing: what is done with a row stays at the end. */
export function movable(column: Column<never>): boolean {
  return column.pin !== "end";
}

/**
 * The columns in the order that the person gave them. One that the order does not know, because it came later, stands
 * behind the one that it always stood behind.
 */
export function arranged<T>(columns: readonly Column<T>[], order: readonly string[]): readonly Column<T>[] {
  if (order.length === 0) return columns;
  const known = new Map(columns.map((column) => [column.id, column]));
  const moved = order.flatMap((id) => known.get(id) ?? []).filter((column) => movable(column));
  const there = new Set(moved);
  columns.forEach((column, index) => {
    if (there.has(column) || !movable(column)) return;
    const before = columns[index - 1];
    moved.splice(before === undefined ? 0 : moved.indexOf(before) + 1, 0, column);
    there.add(column);
  });
  return [...moved, ...columns.filter((column) => !movable(column))];
}

/** The order of columns after one was moved to the place of another. */
export function movedTo(ids: readonly string[], id: string, place: string): readonly string[] {
  const to = ids.indexOf(place);
  if (to < 0 || !ids.includes(id)) return ids;
  const others = ids.filter((each) => each !== id);
  return [...others.slice(0, to), id, ...others.slice(to)];
}

/** How narrow and how wide a column can be made, in pixels. */
export const narrowest = 56;
export const widest = 960;

/**
 * The tracks of columns, some of a width that the person gave them. Where none is left that takes what remains, the
 * last one does, so that a table is never narrower than its place.
 */
export function tracksOf<T>(columns: readonly Column<T>[], widths: Readonly<Record<string, number>>): string[] {
  const tracks = columns.map(({ id, width }) => (widths[id] === undefined ? width : `${widths[id]}px`));
  const last = columns.findLastIndex((column) => movable(column));
  if (last >= 0 && !tracks.some((track) => track.includes("fr"))) {
    const [least = "0px"] = /\d+px/.exec(tracks[last] ?? "") ?? [];
    tracks[last] = `minmax(${least}, 1fr)`;
  }
  return tracks;
}

/** The least that tracks need: of minmax(160px, 2fr) 160. */
export function leastOf(track: string): number {
  return Number(/(\d+)px/.exec(track)?.[1] ?? 0);
}
