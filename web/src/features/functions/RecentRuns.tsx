import type { UseQueryResult } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Facts } from "../../entity/Facts.tsx";
import { ButtonLink } from "../../entity/links.tsx";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { Card } from "../../ui/card/Card.tsx";
import { SparkBars } from "../../ui/charts/SparkBars.tsx";
import { EmptyState } from "../../ui/state/EmptyState.tsx";
import { ListView } from "../../ui/state/ListView.tsx";
import type { RunPage } from "../runs/queries.ts";
import { RunsTable } from "../runs/shared/RunsTable.tsx";
import { Definition } from "./Definition.tsx";
import css from "./FunctionPage.module.css";
import type { FunctionDoc } from "./queries.ts";
import { runFacts } from "./run-facts.ts";

const latest = 10;

interface RecentRunsProps {
  project: string;
  doc: FunctionDoc;
  query: UseQueryResult<RunPage>;
}

/** How the newest runs of a function fared beside what it is, and the last of them one by one. */
export function RecentRuns({ project, doc, query }: RecentRunsProps) {
  const m = useMessages();
  const f = useFormat();
  const rows = query.data?.content ?? [];
  const total = query.data?.totalElements ?? 0;
  const { ended, good, p50, p95, queued, starting } = runFacts(rows);
  const time = (value: number | undefined) => (value === undefined ? undefined : f.duration(value));
  const bars = rows.map(({ id, status }) => ({
    id,
    state: status.state,
    duration: status.durations?.total === undefined ? undefined : status.durations.total * 1000,
  }));
  const { name } = doc;
  return (
    <>
      <div className={css.pair}>
        <Card title={m.functions.runHistory}>
          <ListView
            state={query}
            what={m.functions.runNoun.other}
            count={rows.length}
            filtered={false}
            onClearFilters={() => {}}
            empty={
              <EmptyState
                title={m.functions.neverRan}
                help={m.functions.noRunsHelp}
                action={
                  <ButtonLink to="/p/$project/functions/$name/run" params={{ project, name }}>
                    {m.functions.createRun}
                  </ButtonLink>
                }
              />
            }
          >
            <div className={css.bars}>
              <SparkBars places={rows.length} bars={bars.toReversed()} />
            </div>
            <p className={css.quiet}>{`${m.functions.ofNewest(rows.length, total)}; ${m.functions.durationsOf}`}</p>
            <Facts
              facts={[
                [
                  m.functions.success,
                  ended === 0 ? undefined : m.functions.successOf(good, ended, f.percent(good / ended)),
                ],
                [m.functions.half, time(p50)],
                [m.functions.most, time(p95)],
                [m.functions.queueHalf, time(queued)],
                [m.functions.startHalf, time(starting)],
              ]}
            />
          </ListView>
        </Card>
        <Definition doc={doc} />
      </div>
      {rows.length > 0 && (
        <section className={css.stack} aria-label={m.functions.latestRuns}>
          <div className={css.cardHead}>
            <h2>{m.functions.latestRuns}</h2>
            <Link to="/p/$project/runs" params={{ project }} search={{ function: name }}>
              {m.functions.allRunsOf(total)}
            </Link>
          </div>
          <RunsTable project={project} label={m.functions.latestRuns} rows={rows.slice(0, latest)} />
        </section>
      )}
    </>
  );
}
