import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { Facts } from "../../entity/Facts.tsx";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { Card } from "../../ui/card/Card.tsx";
import { ErrorPanel } from "../../ui/state/ErrorPanel.tsx";
import { runs } from "./queries.ts";
import type { RunDoc } from "./run.ts";
import css from "./RunPage.module.css";

const MetricChart = lazy(async () => ({ default: (await import("../../charts/MetricChart.tsx")).MetricChart }));

/** The metrics of a run: single values as numbers, series as charts with a shared crosshair. */
export function MetricsTab({ project, run }: { project: string; run: RunDoc }) {
  const m = useMessages();
  const f = useFormat();
  const { data, error, refetch } = useQuery(runs.metrics(project, run.id));
  const metrics = Object.entries(data ?? run.status.metrics ?? {});
  const single = metrics.flatMap(([name, value]) => {
    const only = Array.isArray(value) ? (value.length === 1 ? value[0] : undefined) : value;
    return only === undefined ? [] : [[name, f.number(only)] as const];
  });
  const series = metrics.flatMap(([name, value]) =>
    Array.isArray(value) && value.length > 1 ? [{ name, values: value }] : [],
  );
  if (data === undefined && error !== null)
    return <ErrorPanel error={error} what={m.runs.page.metrics} onRetry={() => void refetch()} />;
  if (metrics.length === 0) return <p className={css.quiet}>{m.runs.page.noMetrics}</p>;
  return (
    <div className={css.stack}>
      {single.length > 0 && (
        <Card title={m.runs.page.single}>
          <Facts verbatim facts={single} />
        </Card>
      )}
      <div className={css.grid}>
        <Suspense>
          {series.map((each) => (
            <MetricChart key={each.name} label={each.name} group={run.id} series={[each]} />
          ))}
        </Suspense>
      </div>
    </div>
  );
}
