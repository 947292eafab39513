import { CircleCheck } from "lucide-react";
import { EntityLink } from "../../entity/EntityLink.tsx";
import { PlaceButton } from "../../entity/PlaceButton.tsx";
import { failureText } from "../../entity/reason.ts";
import { useMessages } from "../../i18n/language.ts";
import { StatusBadge } from "../../ui/status/StatusBadge.tsx";
import { TimeAgo } from "../../ui/time/TimeAgo.tsx";
import { runsEver } from "./facts.ts";
import css from "./Overview.module.css";
import type { SummaryDoc } from "./queries.ts";

/** What somebody should look at: functions whose newest run failed, runs that wait, triggers that stopped. */
export function Attention({ summary }: { summary: SummaryDoc }) {
  const m = useMessages();
  const { project, triggers } = summary;
  const { attention } = summary.runs;
  const count = attention.length + triggers.length;
  if (count === 0) {
    if (runsEver(summary) === 0) return null;
    return (
      <p className={css.calm}>
        <CircleCheck aria-hidden="true" />
        {m.overview.calm}
      </p>
    );
  }
  return (
    <section className={css.card} aria-labelledby="attention">
      <h2 id="attention">
        {m.overview.attention} <span className={css.count}>{count}</span>
      </h2>
      <ul className={css.rows}>
        {attention.map(({ run, why, times }) => {
          const name = run.function ?? run.workflow ?? run.name;
          const named = { entity: "run", project, id: run.id, name: run.name };
          return (
            <li key={run.id} className={css.alarm}>
              <StatusBadge state={run.state} entity="run" />
              <div className={css.what}>
                <span className={css.line}>
                  <EntityLink of={named} className={css.strong} aria-label={m.overview.openRun(name)}>
                    {name}
                  </EntityLink>
                  <span className={css.quiet}>
                    {why === "failed" ? m.overview.failedTimes(times) : m.overview.waits} <TimeAgo at={run.since} />
                  </span>
                </span>
                {run.reason !== undefined && <span className={css.reason}>{failureText(m, run.reason)}</span>}
              </div>
              {run.function !== undefined && why === "failed" && (
                <PlaceButton
                  place={{
                    to: "/p/$project/functions/$name/run",
                    params: { project, name: run.function },
                    search: { from: run.id },
                  }}
                  aria-label={m.overview.rerunOf(run.function)}
                >
                  {m.overview.rerun}
                </PlaceButton>
              )}
            </li>
          );
        })}
        {triggers.map((trigger) => (
          <li key={trigger.id} className={css.alarm}>
            <StatusBadge state="ERROR" entity="trigger" />
            <div className={css.what}>
              <span className={css.line}>
                <EntityLink
                  of={{ entity: "trigger", project, id: trigger.id, name: trigger.name }}
                  className={css.strong}
                  aria-label={m.overview.openTrigger(trigger.name)}
                >
                  {trigger.name}
                </EntityLink>
                <span className={css.quiet}>
                  {m.overview.triggerStopped} <TimeAgo at={trigger.since} />
                </span>
              </span>
              <span className={css.reason}>{trigger.message}</span>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
