import type { Schema } from "../../api/client.ts";
import { useMessages } from "../../i18n/language.ts";
import { SparkBars } from "../../ui/charts/SparkBars.tsx";
import { StatusBadge } from "../../ui/status/StatusBadge.tsx";
import { TimeAgo } from "../../ui/time/TimeAgo.tsx";
import css from "./FunctionsList.module.css";

/** The last ten runs as bars, and what became of the newest. */
export function RunHistory({ runs }: { runs: Schema<"RecentRuns"> | undefined }) {
  const m = useMessages();
  const newest = runs?.last[0];
  if (runs === undefined || newest === undefined) return <span className={css.quiet}>{m.functions.noRuns}</span>;
  const bars = runs.last.map(({ id, state, durations: { total } }) => ({
    id,
    state,
    ...(total !== undefined && { duration: total * 1000 }), // the server counts seconds
  }));
  return (
    <span className={css.history} title={m.functions.runsTotal(runs.total)}>
      <span className={css.bars}>
        <SparkBars places={bars.length} bars={bars.reverse()} />
      </span>
      <StatusBadge state={newest.state} entity="run" compact />
      <TimeAgo at={newest.since} short />
    </span>
  );
}
