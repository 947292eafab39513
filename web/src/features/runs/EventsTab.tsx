import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { isObject } from "../../lib/json.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Card } from "../../ui/card/Card.tsx";
import { JsonTree } from "../../ui/json/JsonTree.tsx";
import { PlainTable } from "../../ui/plain-table/PlainTable.tsx";
import { StatusBadge } from "../../ui/status/StatusBadge.tsx";
import { useNow } from "../../ui/time/clock.ts";
import { type RunDoc, spent, statusEntity } from "./run.ts";
import css from "./RunPage.module.css";
import { staysOf } from "./stays.ts";
import { type EventView, eventViews } from "./page-search.ts";

const route = getRouteApi("/p/$project/runs/$id/{-$tab}");

/** What happened to a run: its phases, or each transition and event, or all of it as JSON. */
export function EventsTab({ run, view }: { run: RunDoc; view: EventView }) {
  const m = useMessages();
  const navigate = useNavigate();
  const params = route.useParams();
  const labels = m.runs.page;
  const events = run.status["events"];
  return (
    <div className={css.stack}>
      <div role="group" aria-label={labels.eventsView} className={css.switch}>
        {eventViews.map((each) => (
          <Button
            key={each}
            size="small"
            tone="quiet"
            aria-pressed={each === view}
            onClick={() =>
              void navigate({
                to: "/p/$project/runs/$id/{-$tab}",
                params,
                search: each === "compact" ? {} : { events: each },
              })
            }
          >
            {labels[each]}
          </Button>
        ))}
      </div>
      {view === "compact" && <Phases run={run} />}
      {view === "full" && <Everything run={run} events={Array.isArray(events) ? events : []} />}
      {view === "json" && (
        <Card>
          <JsonTree label={labels.events} value={{ transitions: run.status.transitions ?? [], events: events ?? [] }} />
        </Card>
      )}
    </div>
  );
}

function Phases({ run }: { run: RunDoc }) {
  const m = useMessages();
  const f = useFormat();
  const time = spent(run, useNow("second"));
  return (
    <PlainTable label={m.runs.page.events} framed>
      <thead>
        <tr>
          <th scope="col">{m.runs.page.phase}</th>
          <th scope="col">{m.runs.page.took}</th>
        </tr>
      </thead>
      <tbody>
        {(["queued", "starting", "running"] as const).map((phase) => (
          <tr key={phase}>
            <td>{m.runs.page.phases[phase]}</td>
            <td>{f.duration(time[phase])}</td>
          </tr>
        ))}
        <tr>
          <td>{m.runs.page.total}</td>
          <td>{f.duration(time.total)}</td>
        </tr>
      </tbody>
    </PlainTable>
  );
}

function Everything({ run, events }: { run: RunDoc; events: readonly unknown[] }) {
  const m = useMessages();
  const f = useFormat();
  const labels = m.runs.page;
  const stays = staysOf(run, useNow("second"));
  return (
    <PlainTable label={labels.events} framed>
      <thead>
        <tr>
          <th scope="col">{labels.time}</th>
          <th scope="col">{m.runs.columns.state}</th>
          <th scope="col">{labels.took}</th>
          <th scope="col">{labels.message}</th>
        </tr>
      </thead>
      <tbody>
        {stays.map((stay) => (
          <tr key={`${stay.state} ${stay.at}`}>
            <td data-line>{f.dateTimeFull(stay.at)}</td>
            <td>
              <StatusBadge state={stay.state} entity={statusEntity(run.kind)} />
            </td>
            <td>{stay.time !== undefined && f.duration(stay.time)}</td>
            <td data-wrap className={stay.message === undefined ? undefined : css.said}>
              {stay.message}
            </td>
          </tr>
        ))}
        {events.filter(isObject).map((event) => (
          <tr key={JSON.stringify(event)}>
            <td data-line>{typeof event["time"] === "string" && f.dateTimeFull(event["time"])}</td>
            <td>{typeof event["type"] === "string" && event["type"]}</td>
            <td />
            <td data-wrap className={css.said}>
              {typeof event["message"] === "string" ? event["message"] : JSON.stringify(event)}
            </td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}
