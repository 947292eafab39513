import { ArrowDown, ArrowUp, GripVertical } from "lucide-react";
import { type DragEvent, useLayoutEffect, useRef, useState } from "react";
import { useMessages } from "../../i18n/language.ts";
import { mostSorts, type Sort, sortedAlsoBy } from "../../lib/sort.ts";
import { Button } from "../button/Button.tsx";
import { IconButton } from "../button/IconButton.tsx";
import { Dialog } from "../dialog/Dialog.tsx";
import { Checkbox } from "../field/Checkbox.tsx";
import { RadioGroup } from "../field/RadioGroup.tsx";
import { densities, usePrefs } from "../prefs/prefs.ts";
import css from "./ArrangeTable.module.css";
import { type Column, movable } from "./column.ts";
import { useLayout } from "./use-layout.ts";

export interface ArrangeProps {
  /** The table's, under which its columns are remembered. */
  id: string;
  columns: readonly Column<unknown>[];
  sort?: readonly Sort[] | undefined;
  onSort?: ((sort: readonly Sort[]) => void) | undefined;
  onClose: () => void;
}

/** How a list is sorted, which columns it shows in which order, and how high its rows are; all of it holds at once. */
export function ArrangeTable({ id, columns, sort, onSort, onClose }: ArrangeProps) {
  const m = useMessages();
  const { prefs, change } = usePrefs();
  const layout = useLayout(id, columns);
  const t = m.tables;
  const p = m.app.prefs;
  const heights = { compact: p.compact, normal: p.comfortable, touch: p.touch };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t.title}
      footer={
        <>
          <Button disabledReason={layout.isUsual ? t.isUsual : undefined} onClick={layout.reset}>
            {t.reset}
          </Button>
          <Button tone="primary" onClick={onClose}>
            {m.ui.close}
          </Button>
        </>
      }
    >
      {sort !== undefined && onSort !== undefined && <Order columns={layout.all} sort={sort} onSort={onSort} />}
      <Places layout={layout} />
      <RadioGroup
        label={t.density}
        value={prefs.density}
        options={densities.map((value) => ({ value, label: heights[value] }))}
        onChange={(density) => change({ density })}
        help={t.densityHelp}
      />
    </Dialog>
  );
}

type OrderProps = Required<Pick<ArrangeProps, "columns">> & {
  sort: readonly Sort[];
  onSort: (sort: readonly Sort[]) => void;
};

function Order({ columns, sort, onSort }: OrderProps) {
  const { tables: t } = useMessages();
  const sortable = columns.filter((column) => column.sort !== undefined);
  const named = (by: string) => sortable.find((column) => column.sort === by)?.header ?? by;
  const others = sortable.filter((column) => !sort.some(({ by }) => by === column.sort));
  const full = sort.length >= mostSorts ? t.mostSorts(mostSorts) : undefined;
  // A button that goes with its key, or becomes one, leaves the focus to the key that is in its place.
  const list = useRef<HTMLOListElement>(null);
  const next = useRef<string>(undefined);
  useLayoutEffect(() => {
    const index = sort.findIndex(({ by }) => by === next.current);
    if (index >= 0) list.current?.children[index]?.querySelector("button")?.focus();
    next.current = undefined;
  }, [sort]);
  return (
    <section className={css.part} aria-label={t.order}>
      <h3>{t.order}</h3>
      <p className={css.help}>{t.orderHelp}</p>
      <ol ref={list} className={css.list}>
        {sort.map(({ by, descending }, index) => (
          <li key={by} className={css.entry}>
            <span className={css.name}>
              {index + 1}. {named(by)}
            </span>
            <Button
              size="small"
              icon={descending ? <ArrowDown /> : <ArrowUp />}
              aria-label={t.turn(named(by), descending)}
              onClick={() => onSort(sort.map((each) => (each.by === by ? { by, descending: !descending } : each)))}
            >
              {descending ? t.descending : t.ascending}
            </Button>
            <Button
              size="small"
              tone="quiet"
              aria-label={t.withoutSort(named(by))}
              disabledReason={sort.length === 1 ? t.lastSort : undefined}
              onClick={() => {
                next.current = (sort[index + 1] ?? sort[index - 1])?.by;
                onSort(sort.filter((each) => each.by !== by));
              }}
            >
              {t.remove}
            </Button>
          </li>
        ))}
      </ol>
      {others.length > 0 && (
        <div className={css.more} role="group" aria-label={t.thenBy}>
          <span>{t.thenBy}</span>
          {others.map((column) => (
            <Button
              key={column.id}
              size="small"
              disabledReason={full}
              onClick={() => {
                next.current = column.sort;
                onSort(sortedAlsoBy(sort, column.sort ?? "", column.descends === true));
              }}
            >
              {column.header}
            </Button>
          ))}
        </div>
      )}
    </section>
  );
}

function Places({ layout }: { layout: ReturnType<typeof useLayout<unknown>> }) {
  const m = useMessages();
  const t = m.tables;
  const [over, setOver] = useState<string | undefined>(undefined);
  const [dragged, setDragged] = useState<string | undefined>(undefined);
  const places = layout.all.filter((column) => movable(column));
  const drop = (event: DragEvent, place: string) => {
    event.preventDefault();
    if (dragged !== undefined) layout.move(dragged, place);
    setOver(undefined);
  };
  const moved = (index: number, by: -1 | 1) => {
    const [column, place] = [places[index], places[index + by]];
    if (column !== undefined && place !== undefined) layout.move(column.id, place.id);
  };
  return (
    <section className={css.part} aria-label={m.ui.columns}>
      <h3>{m.ui.columns}</h3>
      <p className={css.help}>{t.columnsHelp}</p>
      <ol className={css.list}>
        {places.map((column, index) => (
          <li
            key={column.id}
            className={css.entry}
            draggable
            data-over={over === column.id || undefined}
            onDragStart={(event) => {
              event.dataTransfer.setData("text/plain", column.header);
              event.dataTransfer.effectAllowed = "move";
              setDragged(column.id);
            }}
            onDragOver={(event) => {
              if (dragged === undefined) return;
              event.preventDefault();
              setOver(column.id);
            }}
            onDragEnd={() => {
              setDragged(undefined);
              setOver(undefined);
            }}
            onDrop={(event) => drop(event, column.id)}
          >
            <GripVertical className={css.grip} aria-hidden="true" />
            <span className={css.name}>
              {column.optional === undefined ? (
                column.header
              ) : (
                <Checkbox
                  label={column.header}
                  checked={layout.shown.includes(column)}
                  onChange={() => layout.toggle(column.id)}
                />
              )}
            </span>
            <IconButton
              size="small"
              tone="quiet"
              label={t.earlier(column.header)}
              icon={<ArrowUp />}
              disabledReason={index === 0 ? t.isFirst : undefined}
              onClick={() => moved(index, -1)}
            />
            <IconButton
              size="small"
              tone="quiet"
              label={t.later(column.header)}
              icon={<ArrowDown />}
              disabledReason={index === places.length - 1 ? t.isLast : undefined}
              onClick={() => moved(index, 1)}
            />
          </li>
        ))}
      </ol>
    </section>
  );
}
