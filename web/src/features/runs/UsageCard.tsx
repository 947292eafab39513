import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo } from "react";
import type { UsageBand } from "../../charts/UsageChart.tsx";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { measured } from "../../live/measured.ts";
import { Card } from "../../ui/card/Card.tsx";
import { SelectField } from "../../ui/field/SelectField.tsx";
import { ErrorPanel } from "../../ui/state/ErrorPanel.tsx";
import { SkeletonRows } from "../../ui/state/Skeleton.tsx";
import { runs } from "./queries.ts";
import { executes, lives, type RunDoc } from "./run.ts";
import css from "./RunPage.module.css";
import { courseOf, paceOf } from "./usage.ts";

const UsageChart = lazy(async () => ({ default: (await import("../../charts/UsageChart.tsx")).UsageChart }));

interface UsageCardProps {
  project: string;
  run: RunDoc;
  attempt: string | undefined;
  onAttempt: (attempt: string) => void;
}

/** What an attempt of a run used over time: cores and memory, with what was asked for and the phases it went through. */
export function UsageCard({ project, run, attempt, onAttempt }: UsageCardProps) {
  const m = useMessages();
  const words = m.runs.page.overTime;
  const count = run.status.attempt ?? 0;
  const named = Number(attempt ?? count);
  const of = named < count ? named : undefined;
  const live = lives(run) && of === undefined;
  const query = runs.usage(project, run.id, of);
  // Before it executes there is nothing to measure, and the stream tells when it does.
  const { data, error, refetch } = useQuery({ ...query, ...measured(live && executes(run), paceOf) });
  const course = useMemo(() => (data === undefined ? undefined : courseOf(data, run)), [data, run]);
  return (
    <Card
      title={words.title}
      tools={
        count > 1 && (
          <SelectField
            label={m.runs.page.attempt}
            value={String(of ?? count)}
            options={Array.from({ length: count }, (_, index) => String(index + 1)).map((value) => ({
              value,
              label: words.attempt(value, String(count)),
            }))}
            onChange={onAttempt}
          />
        )
      }
    >
      {data === undefined && error !== null && (
        <ErrorPanel error={error} what={words.title} onRetry={() => void refetch()} />
      )}
      {data === undefined && error === null && <SkeletonRows />}
      {data !== undefined && course === undefined && (
        <p className={css.quiet}>
          {run.spec["local_execution"] === true ? words.client : live ? words.soon : words.none}
        </p>
      )}
      {data !== undefined && course !== undefined && (
        <Suspense fallback={<SkeletonRows />}>
          <Charts usage={data} course={course} group={run.id} />
        </Suspense>
      )}
    </Card>
  );
}

interface ChartsProps {
  usage: { resources: { [name in "cpu" | "memory"]?: { request?: number; limit?: number } } };
  course: NonNullable<ReturnType<typeof courseOf>>;
  group: string;
}

function Charts({ usage: { resources }, course, group }: ChartsProps) {
  const m = useMessages();
  const f = useFormat();
  const words = m.runs.page.overTime;
  const lines = (asked: { request?: number; limit?: number } = {}) => [
    ...(asked.request === undefined ? [] : [{ label: words.request, value: asked.request }]),
    ...(asked.limit === undefined ? [] : [{ label: words.limit, value: asked.limit }]),
  ];
  const bands = course.bands.map((band): UsageBand => ({ ...band, label: words.bands[band.phase] }));
  const common = { at: course.at, bands, group };
  return (
    <div className={css.grid}>
      <UsageChart
        {...common}
        label={words.cpu}
        values={course.cores}
        lines={lines(resources.cpu)}
        // Marks of an axis may stand at 0.025, which hundredths would call 0.03.
        show={(value) => m.runs.page.cores(f.number(Math.round(value * 1000) / 1000))}
      />
      <UsageChart
        {...common}
        label={words.memory}
        values={course.memory}
        lines={lines(resources.memory)}
        show={f.bytes}
        bytes
      />
    </div>
  );
}
