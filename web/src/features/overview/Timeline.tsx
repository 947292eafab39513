import { useNavigate } from "@tanstack/react-router";
import { GitCompareArrows } from "lucide-react";
import type { MouseEvent } from "react";
import { PlaceButton } from "../../entity/PlaceButton.tsx";
import { PlaceLink } from "../../entity/PlaceLink.tsx";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { statusView, statusWord } from "../../ui/status/status.ts";
import { StatusBadge } from "../../ui/status/StatusBadge.tsx";
import { TimeAgo } from "../../ui/time/TimeAgo.tsx";
import { stretch } from "./facts.ts";
import css from "./Timeline.module.css";
import type { SummaryDoc } from "./queries.ts";
import type { Span } from "./search.ts";

type Lane = SummaryDoc["runs"]["timeline"][number];

/** When what ran: a line for each function or workflow. Its name leads to its runs, which is the way without a mouse. */
export function Timeline({ summary, span }: { summary: SummaryDoc; span: Span }) {
  const m = useMessages();
  const f = useFormat();
  const { timeline, more, recent } = summary.runs;
  if (timeline.length === 0) return null;
  const from = Date.parse(recent.from);
  const to = Date.parse(recent.to);
  return (
    <section className={css.card} aria-labelledby="timeline">
      <h2 id="timeline">{m.overview.timeline}</h2>
      <p className={css.quiet}>
        {m.overview.timelineHelp} {more && m.overview.moreRuns}
      </p>
      <ul className={css.lanes}>
        {timeline.map((lane) => (
          <li key={`${lane.entity} ${lane.name}`} className={css.lane}>
            <LaneName project={summary.project} lane={lane} span={span} />
            <Bars project={summary.project} lane={lane} from={from} to={to} />
            <Newest lane={lane} />
            <CompareNewest project={summary.project} lane={lane} />
          </li>
        ))}
      </ul>
      <div className={css.axis} aria-hidden="true">
        <span>{f.dateTime(recent.from)}</span>
        <span>{f.dateTime(recent.to)}</span>
      </div>
    </section>
  );
}

function LaneName({ project, lane, span }: { project: string; lane: Lane; span: Span }) {
  const search = { function: lane.name, since: span };
  return (
    <PlaceLink place={{ to: "/p/$project/runs", params: { project }, search }} className={css.name}>
      {lane.name}
    </PlaceLink>
  );
}

function Bars({ project, lane, from, to }: { project: string; lane: Lane; from: number; to: number }) {
  const m = useMessages();
  const f = useFormat();
  const navigate = useNavigate();
  const counts = new Map<string, number>();
  for (const { state } of lane.runs) counts.set(state, (counts.get(state) ?? 0) + 1);
  const words = f.list([...counts].map(([state, n]) => m.overview.stateShare(statusWord(m, state, "run"), n)));
  const open = (event: MouseEvent) => {
    const id = event.target instanceof HTMLElement ? event.target.dataset["run"] : undefined;
    const place: string = "/p/$project/runs/$id";
    if (id !== undefined) void navigate({ to: place, params: { project, id } });
  };
  return (
    <div
      className={css.bars}
      role="img"
      aria-label={m.overview.lane(lane.name, lane.runs.length, words)}
      onClick={open}
    >
      {lane.runs.map((run) => {
        const { at, size } = stretch(run, from, to);
        const { tone } = statusView(run.state, "run");
        return (
          <span
            key={run.id}
            data-run={run.id}
            data-tone={tone}
            className={css.bar}
            style={{ "--at": at, "--size": size }}
            title={`${run.name} · ${statusWord(m, run.state, "run")} · ${f.dateTime(run.created)}`}
          />
        );
      })}
    </div>
  );
}

function Newest({ lane }: { lane: Lane }) {
  const newest = lane.runs[0];
  if (newest === undefined) return null;
  return (
    <span className={css.newest}>
      <StatusBadge state={newest.state} entity="run" compact />
      <TimeAgo at={newest.since} short />
    </span>
  );
}

/** Compares the two newest runs of a lane: what changed since the one before. */
function CompareNewest({ project, lane }: { project: string; lane: Lane }) {
  const m = useMessages();
  const [newest, before] = lane.runs;
  if (newest === undefined || before === undefined) return <span />;
  return (
    <PlaceButton
      place={{ to: "/p/$project/compare/runs", params: { project }, search: { ids: [before.id, newest.id] } }}
      tone="quiet"
      icon={<GitCompareArrows />}
      aria-label={m.overview.compareNewest(lane.name)}
    >
      <span className={css.word}>{m.overview.compare}</span>
    </PlaceButton>
  );
}
