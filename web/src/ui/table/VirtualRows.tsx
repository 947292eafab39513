import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import css from "./DataTable.module.css";

/** Scrolls to a row that may not be drawn yet. */
export type Jump = (index: number) => void;

export interface VirtualRowsProps {
  ids: readonly string[];
  scroll: RefObject<HTMLElement | null>;
  jump: RefObject<Jump>;
  /** Of a row that was not measured yet. */
  height: number;
  /** Draws a row; quick is true while rows fly by, one screen after the other. */
  draw: (index: number, quick: boolean) => ReactNode;
  /** Called when the end of the loaded rows comes near. */
  onEnd: (() => void) | undefined;
  /** Called when other rows have come into the page. */
  onDrawn: () => void;
}

const ahead = 8; // rows on either side, so that what a wheel brings is there already
const fast = 40; // rows a second, which nobody reads or presses

/** The rows of a long list that are in sight, between two spacers that stand for the rest. */
export function VirtualRows({ ids, scroll, jump, height, draw, onEnd, onDrawn }: VirtualRowsProps) {
  // What scrolls is around the rows, and known only after their first drawing when both come at once.
  const [, setThere] = useState(false);
  useLayoutEffect(() => setThere(true), []);
  // Whoever goes by whole screens would only throw away what is drawn ahead.
  const seen = useRef<Pick<Range, "startIndex" | "endIndex">>({ startIndex: 0, endIndex: 0 });
  const flies = useRef(false);
  const at = useRef(0);
  const rangeExtractor = useCallback((range: Range) => {
    const near = range.startIndex <= seen.current.endIndex && range.endIndex >= seen.current.startIndex;
    const now = performance.now();
    const moved = Math.abs(range.startIndex - seen.current.startIndex);
    flies.current = !near || moved * 1000 > fast * (now - at.current);
    seen.current = range;
    at.current = now;
    return defaultRangeExtractor(near ? range : { ...range, overscan: 1 });
  }, []);
  const virtualizer = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => height,
    getItemKey: (index) => ids[index] ?? index,
    overscan: ahead,
    rangeExtractor,
  });
  useEffect(() => {
    jump.current = (index) => virtualizer.scrollToIndex(index, { align: "auto" });
    return () => {
      jump.current = () => {};
    };
  }, [jump, virtualizer]);
  const items = virtualizer.getVirtualItems();
  // A row that was drawn whole stays so; the others are drawn whole when the list stands still, or nearly.
  const whole = useRef<ReadonlySet<unknown>>(new Set());
  const quick = flies.current && virtualizer.isScrolling;
  const isQuick = (key: unknown) => quick && !whole.current.has(key);
  useLayoutEffect(() => {
    whole.current = new Set(items.filter(({ key }) => !isQuick(key)).map(({ key }) => key));
  });
  const first = items[0];
  const last = items.at(-1);
  const near = last !== undefined && last.index >= ids.length - 20;
  useEffect(() => {
    if (near) onEnd?.();
  }, [near, ids.length, onEnd]);
  useEffect(onDrawn, [first?.index, last?.index, onDrawn]);
  return (
    <>
      <div className={css.spacer} style={{ "--size": `${first?.start ?? 0}px` }} />
      {items.map((item) => (
        <div key={item.key} ref={virtualizer.measureElement} data-index={item.index}>
          {draw(item.index, isQuick(item.key))}
        </div>
      ))}
      <div
        className={css.spacer}
        style={{ "--size": `${last === undefined ? 0 : virtualizer.getTotalSize() - last.end}px` }}
      />
    </>
  );
}
