import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useRef, useState } from "react";
import { useMessages } from "../../i18n/language.ts";
import { type Column, leastOf, narrowest, widest } from "./column.ts";
import css from "./TableHead.module.css";

/** What pulling the edge of a column does. */
export interface Pulling {
  widths: Readonly<Record<string, number>>;
  /** Shows a width that is not decided on yet. */
  pull: (id: string, width: number) => void;
  /** Keeps the width that a column was pulled to, if it was. */
  settle: (id: string, width: number | undefined) => void;
  /** Gives a column a width, or the usual one. */
  resize: (id: string, width: number | undefined) => void;
}

interface WidthHandleProps {
  column: Pick<Column<never>, "id" | "header" | "width">;
  pulling: Pulling;
  inTabOrder: boolean;
  onFocus: () => void;
  /** The columns whose handles are before and behind this one. */
  neighbours: readonly [string | undefined, string | undefined];
}

const step = 16; // pixels, of a press on an arrow

/** How wide the column of a handle is; undefined where nothing is laid out. */
function laidOut(handle: HTMLElement | null): number | undefined {
  const width = handle?.parentElement?.offsetWidth ?? 0;
  return width === 0 ? undefined : width;
}

/** The edge of a column's header: pulled, or moved by arrow keys, it makes the column wider or narrower. */
export function WidthHandle({ column, pulling, inTabOrder, onFocus, neighbours }: WidthHandleProps) {
  const m = useMessages();
  const { id } = column;
  const [measured, setMeasured] = useState<number | undefined>(undefined);
  const held = useRef<{ at: number; width: number; sign: 1 | -1; to?: number } | undefined>(undefined);
  const within = (width: number) => Math.round(Math.max(narrowest, Math.min(widest, width)));
  const { [id]: given } = pulling.widths;
  const widthOf = (handle: HTMLElement) => given ?? laidOut(handle) ?? leastOf(column.width);
  const now = within(given ?? measured ?? leastOf(column.width));
  const edge = useRef<HTMLDivElement>(null);
  // Back at its usual width it is as wide as the others leave it.
  useLayoutEffect(() => {
    if (given === undefined && edge.current === document.activeElement) setMeasured(laidOut(edge.current));
  }, [given]);
  const grab = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.preventDefault(); // neither marks text nor drags the header
    const { currentTarget: handle } = event;
    handle.setPointerCapture(event.pointerId);
    const sign = getComputedStyle(handle).direction === "rtl" ? -1 : 1;
    held.current = { at: event.clientX, width: widthOf(handle), sign };
  };
  const release = () => {
    const { current: from } = held;
    held.current = undefined;
    if (from !== undefined) pulling.settle(id, from.to);
  };
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const { currentTarget: handle, key } = event;
    const go = (to: string | undefined) =>
      handle
        .closest("[role=row]")
        ?.querySelector<HTMLElement>(`[data-column="${CSS.escape(to ?? "")}"] [role=separator]`)
        ?.focus();
    if (key === "ArrowLeft") pulling.resize(id, within(widthOf(handle) - step));
    else if (key === "ArrowRight") pulling.resize(id, within(widthOf(handle) + step));
    else if (key === "Home") pulling.resize(id, undefined);
    else if (key === "ArrowUp") go(neighbours[0]);
    else if (key === "ArrowDown") go(neighbours[1]);
    else return;
    event.preventDefault();
    event.stopPropagation(); // the rows have these keys too
  };
  return (
    <div
      ref={edge}
      role="separator"
      aria-orientation="vertical"
      aria-label={m.ui.width(column.header)}
      aria-valuenow={now}
      aria-valuemin={narrowest}
      aria-valuemax={widest}
      title={m.ui.widthHint}
      tabIndex={inTabOrder ? 0 : -1}
      className={css.handle}
      draggable={false}
      onFocus={(event) => {
        setMeasured(laidOut(event.currentTarget));
        onFocus();
      }}
      onKeyDown={press}
      onPointerDown={grab}
      onPointerMove={(event) => {
        const { current: from } = held;
        if (from === undefined) return;
        from.to = within(from.width + (event.clientX - from.at) * from.sign);
        pulling.pull(id, from.to);
      }}
      onPointerUp={release}
      onPointerCancel={release}
      onDoubleClick={() => pulling.resize(id, undefined)}
    />
  );
}
