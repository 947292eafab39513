import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Facts } from "../../entity/Facts.tsx";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { Card } from "../../ui/card/Card.tsx";
import { Key } from "../../ui/key/Key.tsx";
import { PlainTable } from "../../ui/plain-table/PlainTable.tsx";
import { StatusBadge } from "../../ui/status/StatusBadge.tsx";
import { TimeAgo } from "../../ui/time/TimeAgo.tsx";
import { Attempts } from "./Attempts.tsx";
import { executableOf, parametersOf, briefValue, type RunDoc, statusEntity } from "./run.ts";
import { FiredBy } from "./FiredBy.tsx";
import { RunLabels } from "./RunLabels.tsx";
import css from "./RunPage.module.css";

/** What a run is: identity, where it comes from, its parameters and results at a glance, its transitions. */
export function SummaryTab({ project, run }: { project: string; run: RunDoc }) {
  const m = useMessages();
  const f = useFormat();
  const labels = m.runs.page;
  const c = m.runs.columns;
  const of = executableOf(run);
  const entity = statusEntity(run.kind);
  const description = run.metadata["description"];
  const fired = run.status.trigger?.job;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [c.state, <StatusBadge key="state" state={run.status.state} entity={entity} since={run.status.started_at} />],
    [c.kind, run.kind],
    [c.id, <Key key="id" value={run.id} what={m.runs.id} />],
    [labels.key, <Key key="key" value={run.key} what={labels.key} />],
    ...(of === undefined
      ? []
      : [
          [
            c.function,
            <Link key="of" to="/p/$project/functions/$name" params={{ project, name: of.name }} search={{ v: of.id }}>
              {of.name}
            </Link>,
          ] as const,
        ]),
    ...(fired === undefined ? [] : [[m.runs.trigger, <FiredBy key="fired" fired={fired} />] as const]),
    [c.created, <TimeAgo key="created" at={run.metadata.created} />],
    [c.updated, <TimeAgo key="updated" at={run.metadata.updated} />],
    [labels.by, run.metadata.created_by ?? run.user],
    ...(typeof description === "string" ? [[labels.description, description] as const] : []),
    [c.labels, <RunLabels key="labels" project={project} run={run} />],
  ];
  const parameters = Object.entries(parametersOf(run));
  const results = Object.entries(run.status.results ?? {});
  return (
    <div className={css.columns}>
      <Card label={labels.summary}>
        <Facts facts={facts} />
      </Card>
      <div className={css.stack}>
        {parameters.length > 0 && (
          <Card title={labels.parameters}>
            <Facts
              verbatim
              facts={parameters.map(([name, value]) => [name, <code key={name}>{briefValue(value)}</code>])}
            />
          </Card>
        )}
        {results.length > 0 && (
          <Card title={labels.results}>
            <Facts
              verbatim
              facts={results.map(([name, value]) => [name, <code key={name}>{briefValue(value)}</code>])}
            />
          </Card>
        )}
        {(run.status.notices?.length ?? 0) > 0 && (
          <Card title={labels.notices}>
            <ul className={css.notices}>
              {run.status.notices?.map((notice) => (
                <li key={`${notice.code} ${notice.field ?? ""}`}>{notice.message}</li>
              ))}
            </ul>
          </Card>
        )}
        <Card title={labels.transitions}>
          <PlainTable label={labels.transitions} stacked>
            <thead>
              <tr>
                <th scope="col">{labels.time}</th>
                <th scope="col">{c.state}</th>
                <th scope="col">{labels.message}</th>
              </tr>
            </thead>
            <tbody>
              {run.status.transitions?.map((each) => (
                <tr key={`${each.status} ${each.time}`}>
                  <td data-line title={f.dateTimeFull(each.time)}>
                    {f.time(each.time)}
                  </td>
                  <td>
                    <StatusBadge state={each.status} entity={entity} />
                  </td>
                  <td data-wrap className={each.message === undefined ? undefined : css.said}>
                    {each.message}
                  </td>
                </tr>
              ))}
            </tbody>
          </PlainTable>
        </Card>
        <Attempts run={run} />
      </div>
    </div>
  );
}
