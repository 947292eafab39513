import { type CSSProperties, type KeyboardEvent, type ReactNode, Suspense, useMemo, useRef, useState } from "react";
import { useMessages } from "../../i18n/language.ts";
import { selectRange, toggled } from "../../lib/range.ts";
import { takesText } from "../keys/sequence.ts";
import { useSteady } from "../late/use-steady.ts";
import { usePrefs } from "../prefs/prefs.ts";
import type { Sort } from "../../lib/sort.ts";
import { type Column, leastOf, tracksOf } from "./column.ts";
import css from "./DataTable.module.css";
import { TableHead } from "./TableHead.tsx";
import { longRows } from "./long-rows.ts";
import { type RowFrame, TableRow } from "./TableRow.tsx";
import type { Jump } from "./VirtualRows.tsx";
import { useAside } from "./use-aside.ts";
import { useIntoRows } from "./use-into-rows.ts";
import { useLayout } from "./use-layout.ts";
import { useRovingRow } from "./use-roving-row.ts";

const virtualBeyond = 50;
const drawnMeanwhile = 25; // of a long list, while what draws long lists comes

export interface DataTableProps<T> {
  /** The name of the table, also under which its columns are remembered. */
  id: string;
  label: string;
  rows: readonly T[];
  rowId: (row: T) => string;
  rowName: (row: T) => string;
  columns: readonly Column<T>[];
  /** How many rows there are in all, loaded or not. */
  total?: number | undefined;
  onOpen: (row: T) => void;
  /** Keys of a row beyond moving, opening and selecting; true when one was taken. */
  onKey?: ((key: string, row: T) => boolean) | undefined;
  selected?: ReadonlySet<string> | undefined;
  onSelect?: ((selected: Set<string>) => void) | undefined;
  expanded?: ReadonlySet<string> | undefined;
  onExpand?: ((expanded: Set<string>) => void) | undefined;
  details?: ((row: T) => ReactNode) | undefined;
  /** The keys by which the rows are sorted, the first one first. */
  sort?: readonly Sort[] | undefined;
  onSort?: ((sort: readonly Sort[]) => void) | undefined;
  /** Columns can be moved and made wider or narrower by their headers; a ColumnChooser has to stand beside the table. */
  arrangeable?: boolean | undefined;
  /** Scrolls sideways in a narrow place, where rows are stacked otherwise. */
  scrolls?: boolean | undefined;
  /** Called when the end of the loaded rows comes into sight. */
  onEnd?: (() => void) | undefined;
  busy?: boolean | undefined;
  /** The list that its page is about: j, k and ↓ go into it from the page's heading too. */
  primary?: boolean | undefined;
  /** What stands above a row, such as the name of the group that begins with it. */
  heading?: ((row: T) => string | undefined) | undefined;
}

const padding = 16; // of a row, at both ends together
const heights = { compact: 32, normal: 40, touch: 48 };

/**
 * A grid of rows. One row at a time is in the tab order; j k ↑ ↓ Home End move, Enter opens, x selects (Shift: up to
 * there), → and ← unfold and fold. Beyond 50 rows only those in sight are in the page.
 */
export function DataTable<T>(props: DataTableProps<T>) {
  const m = useMessages();
  const { prefs } = usePrefs();
  const scroll = useRef<HTMLDivElement>(null);
  const anchor = useRef<string | undefined>(undefined);
  const { rows, rowId, rowName, selected, onSelect, expanded, onExpand, details } = props;
  const layout = useLayout(props.id, props.columns);
  const columns = layout.shown;
  const [pulled, setPulled] = useState<{ id: string; width: number } | undefined>(undefined);
  const ids = useMemo(() => rows.map(rowId), [rows, rowId]);
  const virtual = rows.length > virtualBeyond;
  const [LongRows] = useState(longRows);
  const jump = useRef<Jump>(() => {});
  const roving = useRovingRow(ids, scroll, (index) => jump.current(index));
  useIntoRows(props.primary === true, scroll, () => {
    const index = ids.indexOf(roving.active ?? "");
    return index >= 0 && roving.move("j", index - 1);
  });

  // What all rows hold must not change with what is loaded, chosen or typed: each change would draw all of them.
  const select = useSteady((id: string, range: boolean) => {
    if (onSelect === undefined || selected === undefined) return;
    onSelect(
      range && anchor.current !== undefined ? selectRange(ids, selected, anchor.current, id) : toggled(selected, id),
    );
    anchor.current = id;
  });
  const expand = useSteady((id: string) => {
    if (onExpand !== undefined && expanded !== undefined) onExpand(toggled(expanded, id));
  });
  const open = useSteady(props.onOpen);

  const press = (event: KeyboardEvent) => {
    const index = ids.indexOf(roving.active ?? "");
    const row = rows[index];
    const id = ids[index];
    const key = event.key.toLowerCase();
    // What a row opens, such as its menu, lies elsewhere in the document and has keys of its own.
    const inside = event.target instanceof Node && scroll.current?.contains(event.target) === true;
    if (
      row === undefined ||
      id === undefined ||
      !inside ||
      takesText(event.target) ||
      event.metaKey ||
      event.ctrlKey ||
      event.altKey
    )
      return;
    const onRow = event.target instanceof HTMLElement && event.target.getAttribute("role") === "row";
    const single = key.length > 1 || prefs.singleKeys;
    const taken = (): boolean => {
      if (!single) return false;
      if (roving.move(key, index)) return true;
      if (event.repeat) return false; // a key that is held moves, and does nothing twice
      if (key === "enter" && onRow) return (props.onOpen(row), true);
      if (key === "x" || (key === " " && onRow)) return (select(id, event.shiftKey), onSelect !== undefined);
      if (onRow && key === "arrowright" && expanded?.has(id) === false) return (expand(id), true);
      if (onRow && key === "arrowleft" && expanded?.has(id) === true) return (expand(id), true);
      return props.onKey?.(key, row) ?? false;
    };
    if (taken()) {
      event.preventDefault();
      event.stopPropagation();
    }
  };

  const settle = (id: string, width: number | undefined) => {
    if (width !== undefined) layout.resize(id, width);
    setPulled(undefined);
  };
  const selects = onSelect !== undefined;
  const expands = onExpand !== undefined;
  const frame: RowFrame<T> = useMemo(
    () => ({
      columns,
      onOpen: open,
      select: selects ? select : undefined,
      expand: expands ? expand : undefined,
      details,
      setActive: roving.setActive,
    }),
    [columns, open, selects, select, expands, expand, details, roving.setActive],
  );
  const draw = (index: number, quick = false): ReactNode => {
    const row = rows[index];
    const id = ids[index];
    if (row === undefined || id === undefined) return null;
    return (
      <TableRow
        key={id}
        row={row}
        id={id}
        name={rowName(row)}
        index={index}
        frame={frame as RowFrame<unknown>}
        active={id === roving.active}
        quick={quick}
        selected={selected?.has(id) ?? false}
        expanded={expanded?.has(id) ?? false}
        heading={props.heading?.(row)}
      />
    );
  };
  const leading = [selects && "36px", expands && "32px"].filter((track) => track !== false);
  const widths = pulled === undefined ? layout.widths : { ...layout.widths, [pulled.id]: pulled.width };
  const tracks = [...leading, ...tracksOf(columns, widths)];
  const least = tracks.reduce((sum, track) => sum + leastOf(track), padding);
  const aside = useAside(scroll, least);
  // Rows are grids of their own: only a width that no content changes keeps their columns under each other.
  const style: CSSProperties = {
    "--tools": leading.length === 0 ? "0px" : leading.length === 1 ? "36px" : "68px",
    "--end": `${columns.at(-1)?.pin === "end" ? leastOf(columns.at(-1)?.width ?? "") : 0}px`,
    "--columns": tracks.join(" "),
    "--least": `${least}px`,
  };
  return (
    <div
      ref={scroll}
      role="grid"
      aria-label={props.label}
      aria-rowcount={(props.total ?? rows.length) + 1}
      aria-colcount={columns.length + leading.length}
      aria-multiselectable={selects || undefined}
      aria-busy={props.busy || undefined}
      className={css.table}
      data-density={prefs.density}
      data-aside={aside || undefined}
      data-scrolls={props.scrolls || undefined}
      style={style}
      onKeyDown={press}
      tabIndex={rows.length === 0 ? 0 : -1}
    >
      <TableHead
        columns={columns}
        sort={props.sort}
        onSort={props.onSort}
        expandable={expands}
        arrange={
          props.arrangeable === true
            ? {
                widths,
                move: layout.move,
                resize: layout.resize,
                pull: (id, width) => setPulled({ id, width }),
                settle,
              }
            : undefined
        }
        selection={
          onSelect === undefined || selected === undefined
            ? undefined
            : {
                all: ids.length > 0 && ids.every((id) => selected.has(id)),
                some: ids.some((id) => selected.has(id)),
                label: m.ui.selectAll,
                change: (all) => onSelect(new Set(all ? ids : [])),
              }
        }
      />
      <div role="rowgroup" className={css.rows}>
        {virtual ? (
          <Suspense fallback={ids.slice(0, drawnMeanwhile).map((_, index) => draw(index))}>
            <LongRows
              ids={ids}
              scroll={scroll}
              jump={jump}
              onDrawn={roving.drawn}
              height={heights[prefs.density]}
              draw={draw}
              onEnd={props.onEnd}
            />
          </Suspense>
        ) : (
          ids.map((id, index) => <div key={id}>{draw(index)}</div>)
        )}
      </div>
    </div>
  );
}
