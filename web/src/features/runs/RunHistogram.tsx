import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Format } from "../../i18n/format.ts";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { type Bucket, Histogram } from "../../ui/charts/Histogram.tsx";
import { type StatusTone, statusView } from "../../ui/status/status.ts";
import { runs } from "./queries.ts";
import css from "./RunsList.module.css";
import type { RunFilter } from "./search.ts";
import type { TimeSpan } from "./timeline.ts";

interface RunHistogramProps {
  project: string;
  filter: RunFilter;
  /** The span chosen; until is absent when it reaches up to now. */
  onSpan: (since: string, until: string | undefined) => void;
}

/** When the runs of a filter were created, stacked by state; dragging narrows the list to a span. */
export function RunHistogram({ project, filter, onSpan }: RunHistogramProps) {
  const m = useMessages();
  const f = useFormat();
  const { data, isError } = useQuery(runs.counts(project, filter));
  const bars = useMemo<readonly Bucket[]>(() => {
    if (data === undefined) return [];
    return data.buckets.map((bucket, index) => {
      const start = Date.parse(bucket.from);
      const counts: Partial<Record<StatusTone, number>> = {};
      for (const [state, count] of Object.entries(bucket.states)) {
        const { tone } = statusView(state, "run");
        counts[tone] = (counts[tone] ?? 0) + count;
      }
      const next = data.buckets[index + 1];
      return { start, end: next === undefined ? Date.parse(data.to) : Date.parse(next.from), counts };
    });
  }, [data]);
  const choose = (range: readonly [number, number] | undefined) => {
    const [from, to] = range ?? [];
    const first = bars[from ?? -1];
    const last = bars[to ?? -1];
    if (first === undefined || last === undefined) return;
    const open = to === bars.length - 1 && filter.until === undefined;
    onSpan(new Date(first.start).toISOString(), open ? undefined : new Date(last.end).toISOString());
  };
  // Nothing is known: the list below says why.
  if (isError && data === undefined) return null;
  return (
    <div className={css.histogram}>
      <Histogram label={m.runs.histogram} buckets={bars} onRange={choose} />
      <div className={css.axis} aria-hidden="true">
        {data !== undefined &&
          [data.from, middle(data.from, data.to), data.to].map((moment, index) => (
            <span key={["from", "middle", "to"][index]}>{isDay(f, data) ? f.time(moment) : f.dateTime(moment)}</span>
          ))}
      </div>
    </div>
  );
}

/** Whether a span is short enough to be told by the time of day. */
function isDay(f: Format, { from, to }: { from: string; to: string }): boolean {
  return Date.parse(to) - Date.parse(from) < 43_200_000 && f.sameDay(from, to);
}

function middle(from: string, to: string): string {
  return new Date((Date.parse(from) + Date.parse(to)) / 2).toISOString();
}

/** The span that the histogram of a filter covers; undefined until it is known, or when it is not wanted. */
export function useSpan(project: string, filter: RunFilter, wanted: boolean): TimeSpan | undefined {
  const { data } = useQuery({ ...runs.counts(project, filter), enabled: wanted });
  const { from, to } = data ?? {};
  return useMemo(
    () => (from === undefined || to === undefined ? undefined : { from: Date.parse(from), to: Date.parse(to) }),
    [from, to],
  );
}
