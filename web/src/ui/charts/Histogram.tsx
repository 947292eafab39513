import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { useFormat, useMessages } from "../../i18n/language.ts";
import type { StatusTone } from "../status/status.ts";
import css from "./Histogram.module.css";

export interface Bucket {
  /** Begin and end in milliseconds. */
  start: number;
  end: number;
  counts: Partial<Record<StatusTone, number>>;
}

interface HistogramProps {
  label: string;
  buckets: readonly Bucket[];
  /** The part chosen, as indexes of buckets, both included. */
  range?: readonly [number, number] | undefined;
  onRange: (range: readonly [number, number] | undefined) => void;
}

const order: readonly StatusTone[] = [
  "success",
  "running",
  "queued",
  "built",
  "warning",
  "stopped",
  "deleting",
  "error",
];
const height = 48;

/** Counts over time, stacked by state. Dragging chooses a span; so do the two handles, by arrow keys. */
export function Histogram({ label, buckets, range, onRange }: HistogramProps) {
  const m = useMessages();
  const f = useFormat();
  const area = useRef<SVGSVGElement>(null);
  const [drag, setDrag] = useState<readonly [number, number] | undefined>(undefined);
  const most = Math.max(1, ...buckets.map(total));
  const last = buckets.length - 1;
  const at = (event: PointerEvent): number => {
    const box = area.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return 0;
    return Math.max(0, Math.min(last, Math.floor(((event.clientX - box.left) / box.width) * buckets.length)));
  };
  const [from, to] = drag ?? range ?? [0, last];
  const [low, high] = from <= to ? [from, to] : [to, from];
  const settle = (a: number, b: number) => onRange(a <= 0 && b >= last ? undefined : [a, b]);
  const step = (event: KeyboardEvent, which: "from" | "to") => {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation(); // a table around it moves by the same keys
    if (which === "from") settle(Math.max(0, Math.min(high, low + by)), high);
    else settle(low, Math.min(last, Math.max(low, high + by)));
  };
  const moment = (index: number, edge: "start" | "end") => new Date(buckets[index]?.[edge] ?? 0).toISOString();
  const handle = (which: "from" | "to", index: number) => (
    <span
      role="slider"
      tabIndex={0}
      className={css.handle}
      style={{ "--at": (which === "from" ? index : index + 1) / Math.max(1, buckets.length) }}
      aria-label={which === "from" ? m.ui.chart.brushFrom : m.ui.chart.brushTo}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={index}
      aria-valuetext={f.dateTime(moment(index, which === "from" ? "start" : "end"))}
      onKeyDown={(event) => step(event, which)}
    />
  );
  const sum = buckets.reduce((all, bucket) => all + total(bucket), 0);
  return (
    <div className={css.histogram} role="group" aria-label={label}>
      <svg
        ref={area}
        className={css.area}
        viewBox={`0 0 ${Math.max(1, buckets.length)} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${label}: ${f.number(sum)}`}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrag([at(event), at(event)]);
        }}
        onPointerMove={(event) => {
          if (drag !== undefined) setDrag([drag[0], at(event)]);
        }}
        onPointerUp={() => {
          if (drag !== undefined) settle(low, high);
          setDrag(undefined);
        }}
        onDoubleClick={() => onRange(undefined)}
      >
        {buckets.map((bucket, index) => {
          let top = height;
          return (
            <g key={bucket.start} data-out={index < low || index > high || undefined} className={css.bucket}>
              <title>{`${f.dateTime(moment(index, "start"))}: ${f.number(total(bucket))}`}</title>
              <rect x={index} y={0} width={1} height={height} className={css.hit} />
              {order.map((tone) => {
                const size = ((bucket.counts[tone] ?? 0) / most) * (height - 2);
                top -= size;
                return size === 0 ? null : (
                  <rect
                    key={tone}
                    data-tone={tone}
                    className={css.part}
                    x={index + 0.1}
                    y={top}
                    width={0.8}
                    height={size}
                  />
                );
              })}
            </g>
          );
        })}
      </svg>
      {buckets.length > 0 && handle("from", low)}
      {buckets.length > 0 && handle("to", high)}
    </div>
  );
}

function total(bucket: Bucket): number {
  return Object.values(bucket.counts).reduce((sum, count) => sum + count, 0);
}
