import { useMemo, useState } from "react";
import { PlaceButton } from "../../entity/PlaceButton.tsx";
import { PlaceLink } from "../../entity/PlaceLink.tsx";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { type Bucket, Histogram } from "../../ui/charts/Histogram.tsx";
import { type StatusTone, statusView, statusWord } from "../../ui/status/status.ts";
import { StatusGlyph } from "../../ui/status/StatusGlyph.tsx";
import css from "./Overview.module.css";
import type { SummaryDoc } from "./queries.ts";
import type { Span } from "./search.ts";

const order = ["COMPLETED", "ERROR", "RUNNING", "PENDING", "READY", "BUILT", "CREATED", "STOPPED"];
const rank = (state: string) => (order.indexOf(state) + order.length + 1) % (order.length + 1);

/** The runs of the span by state and over time; each number and the part chosen lead to the list of those runs. */
export function RunCounts({ summary, span }: { summary: SummaryDoc; span: Span }) {
  const m = useMessages();
  const f = useFormat();
  const { project } = summary;
  const { recent } = summary.runs;
  const [range, setRange] = useState<readonly [number, number] | undefined>(undefined);
  const buckets = useMemo(() => recent.buckets.map((bucket) => toBucket(bucket, recent.step)), [recent]);
  const chosen = buckets.slice(range?.[0] ?? 0, (range?.[1] ?? buckets.length - 1) + 1);
  const inRange = chosen.reduce((sum, bucket) => sum + Object.values(bucket.counts).reduce((a, b) => a + b, 0), 0);
  const from = chosen[0];
  const to = chosen.at(-1);
  const search: Record<string, string> =
    range === undefined || from === undefined || to === undefined
      ? { since: span }
      : { since: new Date(from.start).toISOString(), until: new Date(to.end).toISOString() };
  const states = Object.entries(recent.states).sort(([a], [b]) => rank(a) - rank(b));
  return (
    <section className={css.card} aria-labelledby="runs">
      <div className={css.head}>
        <h2 id="runs">{m.overview.runs}</h2>
        {states.length === 0 && <span className={css.quiet}>{m.overview.noRunsInSpan}</span>}
        <ul className={css.states}>
          {states.map(([state, count]) => {
            const { icon, tone } = statusView(state, "run");
            const word = statusWord(m, state, "run");
            return (
              <li key={state}>
                <PlaceLink
                  place={{ to: "/p/$project/runs", params: { project }, search: { state: [state], since: span } }}
                  className={css.state}
                  data-tone={tone}
                  aria-label={m.overview.stateCount(word, count)}
                >
                  <StatusGlyph icon={icon} />
                  {word} <b>{f.number(count)}</b>
                </PlaceLink>
              </li>
            );
          })}
        </ul>
      </div>
      {recent.total > 0 && (
        <>
          <div>
            <Histogram label={m.overview.histogram} buckets={buckets} range={range} onRange={setRange} />
            <div className={css.axis} aria-hidden="true">
              <span>{f.dateTime(recent.from)}</span>
              <span>{f.dateTime(recent.to)}</span>
            </div>
          </div>
          <div className={css.line}>
            <span role="status">
              {recent.exact ? m.overview.runsInSpan(inRange) : m.overview.atLeast(m.overview.runsInSpan(inRange))}
            </span>
            <PlaceButton place={{ to: "/p/$project/runs", params: { project }, search }}>
              {m.overview.showRuns}
            </PlaceButton>
          </div>
        </>
      )}
    </section>
  );
}

function toBucket(bucket: SummaryDoc["runs"]["recent"]["buckets"][number], step: number): Bucket {
  const start = Date.parse(bucket.from);
  const counts: Partial<Record<StatusTone, number>> = {};
  for (const [state, count] of Object.entries(bucket.states)) {
    const { tone } = statusView(state, "run");
    counts[tone] = (counts[tone] ?? 0) + count;
  }
  return { start, end: start + step * 1000, counts };
}
