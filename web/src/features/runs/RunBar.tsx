import { createContext, use } from "react";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { useNow } from "../../ui/time/clock.ts";
import { statusView, statusWord } from "../../ui/status/status.ts";
import { StatusGlyph } from "../../ui/status/StatusGlyph.tsx";
import { lives, type RunRow, spent, statusEntity } from "./run.ts";
import { barOf, phases, type TimeSpan } from "./timeline.ts";
import css from "./RunTimeline.module.css";

/** The span that the bars of a list lie over; undefined until it is known. */
export const BarSpan = createContext<TimeSpan | undefined>(undefined);

/** When a run was created, how long it waited, started and executed; one that lives grows. */
export function RunBar({ run }: { run: RunRow }) {
  return lives(run) ? <Growing run={run} /> : <Fixed run={run} now={0} />;
}

function Growing({ run }: { run: RunRow }) {
  return <Fixed run={run} now={useNow("second")} />;
}

function Fixed({ run, now }: { run: RunRow; now: number }) {
  const m = useMessages();
  const f = useFormat();
  const span = use(BarSpan);
  const bar = span === undefined ? undefined : barOf(run, span, now);
  if (bar === undefined) return null;
  const { icon, tone } = statusView(run.status.state, statusEntity(run.kind));
  const time = spent(run, now);
  const begin = new Date(bar.begin).toISOString();
  const words = [
    statusWord(m, run.status.state, statusEntity(run.kind)),
    now > 0
      ? m.runs.timeline.since(f.dateTime(begin))
      : m.runs.timeline.between(f.dateTime(begin), f.time(new Date(bar.end).toISOString())),
    ...phases.flatMap((phase) => (time[phase] > 0 ? [`${m.ui.phases[phase]} ${f.duration(time[phase])}`] : [])),
  ].join(" · ");
  return (
    <span className={css.track} role="img" aria-label={words} title={words} data-tone={tone}>
      {bar.parts.map(({ phase, at, size }) => (
        <span key={phase} className={css.part} data-phase={phase} style={{ "--at": at, "--size": size }} />
      ))}
      <span className={css.end} style={{ "--at": bar.until }}>
        <StatusGlyph icon={icon} />
      </span>
    </span>
  );
}
