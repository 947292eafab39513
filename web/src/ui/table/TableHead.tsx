import { ArrowDown, ArrowUp } from "lucide-react";
import { type DragEvent, useId, useState } from "react";
import { useMessages } from "../../i18n/language.ts";
import { type Sort, sortedAlsoBy, sortedBy } from "../../lib/sort.ts";
import { Checkbox } from "../field/Checkbox.tsx";
import { type Column, movable } from "./column.ts";
import css from "./DataTable.module.css";
import own from "./TableHead.module.css";
import { type Pulling, WidthHandle } from "./WidthHandle.tsx";

interface TableHeadProps<T> {
  columns: readonly Column<T>[];
  sort: readonly Sort[] | undefined;
  onSort: ((sort: readonly Sort[]) => void) | undefined;
  expandable: boolean;
  selection: { all: boolean; some: boolean; label: string; change: (all: boolean) => void } | undefined;
  /** What the headers do to the columns, where they may. */
  arrange: (Pulling & { move: (id: string, place: string) => void }) | undefined;
}

const unsorted: readonly Sort[] = [];

/** The header row, which stays in sight: it sorts, and its columns can be moved and pulled wider. */
export function TableHead<T>({ columns, sort = unsorted, onSort, expandable, selection, arrange }: TableHeadProps<T>) {
  const m = useMessages();
  const [dragged, setDragged] = useState<string | undefined>(undefined);
  const [over, setOver] = useState<string | undefined>(undefined);
  const [handle, setHandle] = useState<string | undefined>(undefined);
  const wide = columns.filter((column) => movable(column));
  const current = wide.find(({ id }) => id === handle) ?? wide[0];
  const dragging = (id: string) => ({
    draggable: true,
    "data-over": (over === id && dragged !== id) || undefined,
    onDragStart: (event: DragEvent) => {
      event.dataTransfer.setData("text/plain", id);
      event.dataTransfer.effectAllowed = "move";
      setDragged(id);
    },
    onDragOver: (event: DragEvent) => {
      if (dragged === undefined) return;
      event.preventDefault();
      setOver(id);
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      if (dragged !== undefined && dragged !== id) arrange?.move(dragged, id);
    },
    onDragEnd: () => {
      setDragged(undefined);
      setOver(undefined);
    },
  });
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
          const place = column.sort === undefined ? -1 : sort.findIndex(({ by }) => by === column.sort);
          const descending = sort[place]?.descending === true;
          const moves = arrange !== undefined && movable(column);
          return (
            <div
              key={column.id}
              role="columnheader"
              className={css.header}
              data-column={column.id}
              data-align={column.align}
              data-pin={column.pin}
              data-sorted={place >= 0 || undefined}
              // Of several columns one can say so; the others do it in their description.
              aria-sort={place !== 0 ? undefined : descending ? "descending" : "ascending"}
              {...(moves && dragging(column.id))}
            >
              {column.sort === undefined || onSort === undefined ? (
                (column.head ?? column.header)
              ) : (
                <SortButton
                  column={column}
                  place={place < 0 ? undefined : sort.length === 1 ? 0 : place + 1}
                  descending={descending}
                  onPress={(also) => {
                    const descends = column.descends === true;
                    onSort((also ? sortedAlsoBy : sortedBy)(sort, column.sort ?? "", descends));
                  }}
                />
              )}
              {moves && (
                <WidthHandle
                  column={column}
                  pulling={arrange}
                  // One of them is in the tab order; from it one goes to the others.
                  inTabOrder={column === current}
                  onFocus={() => setHandle(column.id)}
                  neighbours={[wide[wide.indexOf(column) - 1]?.id, wide[wide.indexOf(column) + 1]?.id]}
                />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface SortButtonProps {
  column: Pick<Column<never>, "header">;
  /** Which key of the order it is: 0 is the only one, undefined none. */
  place: number | undefined;
  descending: boolean;
  /** also is true where the others stay. */
  onPress: (also: boolean) => void;
}

function SortButton({ column, place, descending, onPress }: SortButtonProps) {
  const m = useMessages();
  const id = useId();
  const Arrow = descending ? ArrowDown : ArrowUp;
  return (
    <>
      <button
        type="button"
        className={own.sort}
        onClick={(event) => onPress(event.shiftKey)}
        aria-label={m.ui.sortBy(column.header)}
        aria-describedby={place === undefined || place === 0 ? undefined : id}
        title={m.ui.sortHint}
      >
        <span className={own.headWords}>{column.header}</span>
        {place !== undefined && <Arrow aria-hidden="true" />}
      </button>
      {place !== undefined && place > 0 && (
        <span className={own.key}>
          <span aria-hidden="true">{place}</span>
          <span id={id} hidden>
            {m.ui.sortKey(place, descending)}
          </span>
        </span>
      )}
    </>
  );
}
