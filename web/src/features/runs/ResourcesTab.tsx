import { Facts } from "../../entity/Facts.tsx";
import { amountOf } from "../../forms/quantity.ts";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { isObject } from "../../lib/json.ts";
import { Card } from "../../ui/card/Card.tsx";
import { JsonTree } from "../../ui/json/JsonTree.tsx";
import { PlainTable } from "../../ui/plain-table/PlainTable.tsx";
import { briefValue, lives, memoryLimit, type RunDoc } from "./run.ts";
import css from "./RunPage.module.css";
import { UsageCard } from "./UsageCard.tsx";
import { roughly } from "./usage.ts";

interface ResourcesTabProps {
  project: string;
  run: RunDoc;
  /** Whose use over time is shown; the latest attempt's unless given. */
  attempt: string | undefined;
  onAttempt: (attempt: string) => void;
}

/** What a run asked for, what it used, over time and in all, and where it ran. */
export function ResourcesTab({ project, run, attempt, onAttempt }: ResourcesTabProps) {
  const m = useMessages();
  const f = useFormat();
  const labels = m.runs.page;
  const { resources } = run.spec;
  const asked = isObject(resources) ? Object.entries(resources) : [];
  const usage = Object.entries(run.status.usage ?? {});
  const instances = run.status.instances ?? [];
  const words: Readonly<Record<string, string>> = { cpu_seconds: labels.cpu, memory_peak_bytes: labels.memoryPeak };
  const limitNames: Readonly<Record<string, string>> = labels.limitNames;
  const amount = (name: string, value: number) =>
    name.endsWith("_bytes") ? f.bytes(value) : name.endsWith("_seconds") ? f.duration(value * 1000) : f.number(value);
  const shares: (readonly [string, string])[] = [];
  const { cpu_seconds: cpu, memory_peak_bytes: peak } = run.status.usage ?? {};
  const executed = run.status.durations?.running ?? 0;
  if (cpu !== undefined && executed > 0) shares.push([labels.cpuMean, labels.cores(f.number(roughly(cpu / executed)))]);
  const most = amountOf(memoryLimit(run) ?? "");
  if (peak !== undefined && most !== undefined && most > 0)
    shares.push([labels.memoryShare, f.percent(Math.min(1, peak / most))]);
  const raw = Object.fromEntries(
    ["k8s", "pods", "events"].flatMap((name) => (run.status[name] === undefined ? [] : [[name, run.status[name]]])),
  );
  return (
    <div className={css.stack}>
      <UsageCard project={project} run={run} attempt={attempt} onAttempt={onAttempt} />
      <div className={css.grid}>
        <Card title={labels.asked}>
          {asked.length === 0 ? (
            <p className={css.quiet}>{labels.none}</p>
          ) : (
            <Facts verbatim facts={asked.map(([name, value]) => [name, briefValue(value)])} />
          )}
        </Card>
        <Card title={labels.used}>
          {usage.length === 0 ? (
            <p className={css.quiet}>{lives(run) ? labels.usageSoon : labels.noUsage}</p>
          ) : (
            <>
              <Facts
                facts={[
                  ...usage.map(([name, value]) => [words[name] ?? name, amount(name, value)] as const),
                  ...shares,
                ]}
              />
              <p className={css.quiet}>{labels.usageTotals}</p>
            </>
          )}
        </Card>
        {run.status.limits !== undefined && (
          <Card title={labels.limits}>
            <Facts facts={Object.entries(run.status.limits).map(([name, how]) => [limitNames[name] ?? name, how])} />
            <p className={css.quiet}>{labels.limitsHelp}</p>
          </Card>
        )}
        {instances.length > 0 && (
          <Card title={labels.instances}>
            <PlainTable label={labels.instances}>
              <thead>
                <tr>
                  <th scope="col">{labels.name}</th>
                  <th scope="col">{m.runs.columns.state}</th>
                  <th scope="col">{labels.node}</th>
                  <th scope="col">{labels.restarts}</th>
                </tr>
              </thead>
              <tbody>
                {instances.map((instance) => (
                  <tr key={instance.name}>
                    <td>{instance.name}</td>
                    <td>{instance.state}</td>
                    <td>{instance.node}</td>
                    <td>{instance.restarts}</td>
                  </tr>
                ))}
              </tbody>
            </PlainTable>
          </Card>
        )}
        {Object.keys(raw).length > 0 && (
          <Card label={labels.raw}>
            <details>
              <summary>{labels.raw}</summary>
              <JsonTree label={labels.raw} value={raw} />
            </details>
          </Card>
        )}
      </div>
    </div>
  );
}
