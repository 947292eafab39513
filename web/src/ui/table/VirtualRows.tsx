import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useState } from "react";
import css from "./DataTable.module.css";

/** Scrolls to a row that may not be drawn yet. */
export type Jump = (index: number) => void;

interface VirtualRowsProps {
  ids: readonly string[];
  scroll: RefObject<HTMLElement | null>;
  jump: RefObject<Jump>;
  /** Of a row that was not measured yet. */
  height: number;
  draw: (index: number) => ReactNode;
  /** Called when the end of the loaded rows comes near. */
  onEnd: (() => void) | undefined;
  /** Called when other rows have come into the page. */
  onDrawn: () => void;
}

/** The rows of a long list that are in sight, between two spacers that stand for the rest. */
export function VirtualRows({ ids, scroll, jump, height, draw, onEnd, onDrawn }: VirtualRowsProps) {
  // What scrolls is around the rows, and known only after their first drawing when both come at once.
  const [, setThere] = useState(false);
  useLayoutEffect(() => setThere(true), []);
  const virtualizer = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => height,
    getItemKey: (index) => ids[index] ?? index,
    overscan: 12,
  });
  useEffect(() => {
    jump.current = (index) => virtualizer.scrollToIndex(index, { align: "auto" });
    return () => {
      jump.current = () => {};
    };
  }, [jump, virtualizer]);
  const items = virtualizer.getVirtualItems();
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
        <div key={item.key} ref={virtualizer.measureElement} data-index={item.index} className={css.item}>
          {draw(item.index)}
        </div>
      ))}
      <div
        className={css.spacer}
        style={{ "--size": `${last === undefined ? 0 : virtualizer.getTotalSize() - last.end}px` }}
      />
    </>
  );
}
