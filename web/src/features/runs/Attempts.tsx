import { reasonTitle } from "../../entity/reason.ts";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { Card } from "../../ui/card/Card.tsx";
import { PlainTable } from "../../ui/plain-table/PlainTable.tsx";
import { StatusBadge } from "../../ui/status/StatusBadge.tsx";
import { type RunDoc, statusEntity } from "./run.ts";

/** Each attempt of a run that was tried more than once: when, how long, why it ended. */
export function Attempts({ run }: { run: RunDoc }) {
  const m = useMessages();
  const f = useFormat();
  const attempts = run.status.attempts ?? [];
  if (attempts.length === 0) return null;
  const labels = m.runs.page;
  return (
    <Card title={labels.attempts}>
      <PlainTable label={labels.attempts}>
        <thead>
          <tr>
            <th scope="col">{labels.attempt}</th>
            <th scope="col">{m.runs.columns.state}</th>
            <th scope="col">{labels.started}</th>
            <th scope="col">{labels.took}</th>
            <th scope="col">{labels.reason}</th>
          </tr>
        </thead>
        <tbody>
          {attempts.map(({ number, state, started_at, finished_at, reason, exit }) => (
            <tr key={number}>
              <td>{number}</td>
              <td>{state !== undefined && <StatusBadge state={state} entity={statusEntity(run.kind)} />}</td>
              <td>{started_at !== undefined && f.time(started_at)}</td>
              <td>
                {started_at !== undefined &&
                  finished_at !== undefined &&
                  f.duration(Date.parse(finished_at) - Date.parse(started_at))}
              </td>
              <td data-wrap title={reason?.message}>
                {reason === undefined
                  ? exit === undefined
                    ? null
                    : `${labels.exit} ${exit.code}`
                  : reasonTitle(m, reason.code)}
              </td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </Card>
  );
}
