import { type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from "react";
import { useMessages } from "../i18n/language.ts";
import type { Book } from "./book.ts";
import { Heights, rowHeight } from "./heights.ts";
import { LogRow } from "./LogRow.tsx";
import css from "./Logs.module.css";
import type { Match } from "./search.ts";
import type { Clock } from "./times.ts";

export interface LogTextHandle {
  /** Brings a row into sight; false as long as it is not laid out, which a row that has just come is not. */
  show: (row: number) => boolean;
}

interface LogTextProps {
  label: string;
  book: Book;
  version: number;
  /** The rows to show, by index; all of them if absent. */
  only: readonly number[] | undefined;
  /** Nothing is printed any more. */
  ended: boolean;
  wrap: boolean;
  following: boolean;
  onFollowing: (following: boolean) => void;
  line: number | undefined;
  lineHref: ((line: number) => string) | undefined;
  onLine: (line: number) => void;
  matches: readonly Match[];
  current: Match | undefined;
  /** How the times of lines are written; undefined for no times. */
  clock: Clock | undefined;
  ref: Ref<LogTextHandle>;
}

const spare = 20;
const noMatches: readonly [] = [];

/** What is left free between the box and the window's lower edge. */
const below = 24;
/** A box with less room than this is not read in: it is as high as its page says, and the page is scrolled to it. */
const leastRoom = 240;

/** What a window holds below a box when its page is not scrolled; undefined where that is too little to read in. */
function roomFor(element: HTMLElement): number | undefined {
  const page = element.closest("main");
  if (page === null) return undefined;
  const top = element.getBoundingClientRect().top - page.getBoundingClientRect().top + page.scrollTop;
  const room = Math.floor(page.clientHeight - top) - below;
  return room < leastRoom ? undefined : room;
}

/** The rows on screen out of however many there are. It stays at the end while it follows, until one scrolls up. */
export function LogText({ ref, ...props }: LogTextProps) {
  const { book, version, only, wrap, following, onFollowing, matches, current, clock } = props;
  const words = useMessages().logs;
  const box = useRef<HTMLDivElement>(null);
  const probe = useRef<HTMLSpanElement>(null);
  const [view, setView] = useState({ top: 0, height: 600, columns: 120 });
  const [room, setRoom] = useState<number>();
  const layout = useLayout(book, version, only, wrap ? view.columns - (clock?.width ?? 0) : Infinity);
  const last = useRef(0);
  const count = only?.length ?? book.rows.length;

  useImperativeHandle(ref, () => ({
    show: (row) => {
      const at = only === undefined ? row : positionOf(only, row);
      const element = box.current;
      if (element === null || at < 0 || at >= layout.count) return false;
      onFollowing(false);
      const top = Math.max(0, layout.top(at) - view.height / 2);
      last.current = top; // not a scroll of the person's
      element.scrollTop = top;
      setView((old) => ({ ...old, top }));
      return true;
    },
  }));

  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const measure = (): void => {
      const width = probe.current?.getBoundingClientRect().width ?? 0;
      const columns = width > 0 ? Math.floor((element.clientWidth - 80) / (width / 10)) : 120;
      const height = element.clientHeight > 0 ? element.clientHeight : 600;
      setView((old) => (old.height === height && old.columns === columns ? old : { ...old, height, columns }));
      setRoom(roomFor(element));
    };
    measure();
    const observer = new ResizeObserver(measure);
    const page = element.closest("main");
    // The window's size, and that of what stands above the box.
    for (const each of [element, page, page?.firstElementChild]) if (each != null) observer.observe(each);
    return () => observer.disconnect();
  }, []);

  // Once more after each move, since rows that wrap may come out higher than they were estimated.
  useLayoutEffect(() => {
    const element = box.current;
    if (!following || element === null) return;
    element.scrollTop = Math.max(layout.total - view.height, element.scrollHeight - element.clientHeight);
    last.current = element.scrollTop;
    setView((old) => (old.top === element.scrollTop ? old : { ...old, top: element.scrollTop }));
    // The book changes within; its version tells.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [following, version, layout, view]);

  const from = Math.max(0, layout.at(view.top) - spare);
  const to = Math.min(count, layout.at(view.top + view.height) + spare + 1);
  const shown = Array.from({ length: Math.max(0, to - from) }, (_, i) => only?.[from + i] ?? from + i);
  return (
    <div
      ref={box}
      className={css.box}
      data-wrap={wrap || undefined}
      style={{ "--time-size": `${clock?.width ?? 0}ch`, ...(room !== undefined && { "--log-room": `${room}px` }) }}
      role="region"
      aria-label={props.label}
      // It scrolls, so the keyboard must reach it.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onScroll={(event) => {
        const { scrollTop, scrollHeight, clientHeight } = event.currentTarget;
        const atEnd = scrollHeight - scrollTop - clientHeight < rowHeight * 2;
        if (scrollTop < last.current && !atEnd && following) onFollowing(false);
        else if (scrollTop > last.current && atEnd && !following) onFollowing(true);
        last.current = scrollTop;
        setView((old) => ({ ...old, top: scrollTop }));
      }}
      onClick={(event) => {
        const link = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-line]") : null;
        if (link === null || event.metaKey || event.ctrlKey) return;
        event.preventDefault();
        props.onLine(Number(link.dataset["line"]));
      }}
    >
      <span ref={probe} className={css.probe} aria-hidden="true">
        0000000000
      </span>
      <div className={css.all} style={{ "--height": `${layout.total}px` }}>
        <div className={css.window} style={{ "--top": `${layout.top(from)}px` }}>
          {shown.map((index) => {
            const row = book.rows[index];
            if (row === undefined) return null;
            return (
              <LogRow
                key={index + book.removed}
                row={row}
                href={row.kind === "text" ? props.lineHref?.(row.line) : undefined}
                linked={row.kind === "text" && row.line === props.line}
                found={foundIn(matches, index, current)}
                clock={clock}
                time={row.kind === "text" ? book.times.at(row.line) : undefined}
              />
            );
          })}
        </div>
      </div>
      {count === 0 && (
        <p className={css.empty}>{only !== undefined ? words.noErrors : props.ended ? words.empty : words.waiting}</p>
      )}
    </div>
  );
}

/** The heights of what is shown, grown as the log grows. */
function useLayout(book: Book, version: number, only: readonly number[] | undefined, columns: number): Heights {
  const [made, make] = useState({
    heights: new Heights(columns),
    book,
    only,
    columns,
    version: -1,
    removed: 0,
    settled: 0,
  });
  const same = made.book === book && made.only === only && made.columns === columns && made.removed === book.removed;
  if (same && made.version === version) return made.heights;
  const heights = same && only === undefined ? made.heights : new Heights(columns);
  const count = only?.length ?? book.rows.length;
  const from = same && only === undefined ? Math.min(made.settled, heights.count) : 0;
  heights.grow(count, (i) => book.rows[only?.[i] ?? i], from);
  make({ heights, book, only, columns, version, removed: book.removed, settled: book.settled });
  return heights;
}

/** Where a row stands among those shown, or the next one that is. */
function positionOf(only: readonly number[], row: number): number {
  const i = only.findIndex((r) => r >= row);
  return i < 0 ? only.length - 1 : i;
}

function foundIn(matches: readonly Match[], row: number, current: Match | undefined) {
  if (matches.length === 0) return noMatches;
  let low = 0;
  let high = matches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((matches[middle]?.row ?? 0) < row) low = middle + 1;
    else high = middle;
  }
  const found = [];
  for (let i = low; matches[i]?.row === row; i++) {
    const match = matches[i];
    if (match !== undefined) found.push({ from: match.from, to: match.to, current: match === current });
  }
  return found.length === 0 ? noMatches : found;
}
