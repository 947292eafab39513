import { useFormat, useMessages } from "../../i18n/language.ts";
import { useNow } from "../../ui/time/clock.ts";
import { statusView, statusWord } from "../../ui/status/status.ts";
import { StatusGlyph } from "../../ui/status/StatusGlyph.tsx";
import { lives, type RunDoc, statusEntity } from "./run.ts";
import css from "./RunPage.module.css";
import { staysOf } from "./stays.ts";

/** The states of a run as a line: each with how long it lasted; the longer, the wider. */
export function StateTimeline({ run }: { run: RunDoc }) {
  return lives(run) ? <Counting run={run} /> : <Line run={run} now={0} />;
}

function Counting({ run }: { run: RunDoc }) {
  return <Line run={run} now={useNow("second")} />;
}

function Line({ run, now }: { run: RunDoc; now: number }) {
  const m = useMessages();
  const f = useFormat();
  const stays = staysOf(run, now);
  const total = Math.max(
    1,
    stays.reduce((sum, stay) => sum + (stay.time ?? 0), 0),
  );
  const entity = statusEntity(run.kind);
  return (
    <ol className={css.timeline} aria-label={m.runs.page.timeline} data-live={now > 0 || undefined}>
      {stays.map((stay, index) => {
        const { icon, tone } = statusView(stay.state, entity);
        const word = statusWord(m, stay.state, entity);
        // Whole seconds where it counts: tenths that stand still for a second look broken.
        const counts = now > 0 && index === stays.length - 1;
        const time =
          stay.time === undefined ? "" : f.duration(counts ? Math.floor(stay.time / 1000) * 1000 : stay.time);
        return (
          <li
            key={`${stay.state} ${stay.at}`}
            className={css.stay}
            data-tone={tone}
            style={{ "--share": (stay.time ?? 0) / total }}
            title={[stay.state, f.dateTimeFull(stay.at), stay.message].filter((part) => part !== "").join("\n")}
          >
            <span className={css.dot}>
              <StatusGlyph icon={icon} />
            </span>
            <span className={css.stayWord}>{word}</span>
            <span className={css.stayTime}>{time}</span>
          </li>
        );
      })}
    </ol>
  );
}
