import { EntityLink } from "../../entity/EntityLink.tsx";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { useNow } from "../../ui/time/clock.ts";
import css from "./Overview.module.css";
import type { SummaryDoc } from "./queries.ts";

/** What runs by itself next. */
export function NextFires({ summary }: { summary: SummaryDoc }) {
  const m = useMessages();
  const f = useFormat();
  const now = useNow("minute");
  return (
    <section className={css.card} aria-labelledby="next">
      <h2 id="next">{m.overview.next}</h2>
      {summary.next.length === 0 && <p className={css.quiet}>{m.overview.noNext}</p>}
      <ul>
        {summary.next.map((fire) => (
          <li key={fire.id} className={css.change}>
            <EntityLink
              of={{ entity: fire.entity, project: summary.project, id: fire.id, name: fire.name }}
              className={css.strong}
            />
            {fire.function !== undefined && <span>{fire.function}</span>}
            <time className={css.quiet} dateTime={fire.next} title={f.dateTimeFull(fire.next)}>
              {f.relative(fire.next, now)}
            </time>
          </li>
        ))}
      </ul>
    </section>
  );
}
