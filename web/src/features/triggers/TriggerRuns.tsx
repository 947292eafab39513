import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { type Messages, useMessages } from "../../i18n/language.ts";
import { EmptyState } from "../../ui/state/EmptyState.tsx";
import { ListView } from "../../ui/state/ListView.tsx";
import { StatusBadge } from "../../ui/status/StatusBadge.tsx";
import type { Column } from "../../ui/table/column.ts";
import { DataTable } from "../../ui/table/DataTable.tsx";
import { Duration } from "../../ui/time/Duration.tsx";
import { TimeAgo } from "../../ui/time/TimeAgo.tsx";
import { type FiredRun, firesShown, triggers } from "./queries.ts";
import css from "./Triggers.module.css";

const rowId = (run: FiredRun) => run.id;
const rowName = (run: FiredRun) => run.name;

/** The runs that a trigger fired, newest first, and why one failed. */
export function TriggerRuns({ project, id }: { project: string; id: string }) {
  const m = useMessages();
  const navigate = useNavigate();
  const query = useQuery(triggers.runs(project, id));
  const rows = query.data?.runs ?? [];
  const total = query.data?.total ?? 0;
  const columns = useMemo(() => runColumns(m, project), [m, project]);
  return (
    <>
      <ListView
        state={query}
        what={m.runs.noun.other}
        count={rows.length}
        filtered={false}
        onClearFilters={() => {}}
        empty={<EmptyState title={m.triggers.neverFired} help={m.triggers.neverFiredHelp} />}
      >
        <DataTable
          id="trigger-runs"
          label={m.triggers.firedRuns}
          rows={rows}
          rowId={rowId}
          rowName={rowName}
          columns={columns}
          total={total}
          onOpen={(run) =>
            void navigate({ to: "/p/$project/runs/$id/{-$tab}", params: { project, id: run.id, tab: undefined } })
          }
        />
      </ListView>
      {total > firesShown && <p className={css.quiet}>{m.triggers.newestOf(firesShown, total)}</p>}
    </>
  );
}

function runColumns(m: Messages, project: string): readonly Column<FiredRun>[] {
  return [
    {
      id: "state",
      header: m.triggers.state,
      width: "132px",
      cell: (run) => <StatusBadge state={run.status.state} entity="run" />,
    },
    {
      id: "run",
      header: m.triggers.run,
      width: "minmax(140px, 1.2fr)",
      cell: (run) => (
        <Link to="/p/$project/runs/$id/{-$tab}" params={{ project, id: run.id, tab: undefined }} className={css.name}>
          {run.name}
        </Link>
      ),
    },
    {
      id: "created",
      header: m.triggers.fired,
      width: "minmax(120px, 1fr)",
      cell: (run) => <TimeAgo at={run.metadata.created} />,
    },
    {
      id: "cause",
      header: m.triggers.cause,
      width: "minmax(160px, 1.6fr)",
      cell: (run) => <code title={causeOf(run)}>{causeOf(run)}</code>,
    },
    {
      id: "duration",
      header: m.triggers.duration,
      width: "140px",
      cell: (run) => {
        const { total, queued = 0, starting = 0, running = 0 } = run.status.durations ?? {};
        if (total === undefined) return null;
        const phases = { queued: queued * 1000, starting: starting * 1000, running: running * 1000 };
        return <Duration total={total * 1000} phases={phases} />;
      },
    },
    {
      id: "why",
      header: m.triggers.why,
      width: "minmax(180px, 2fr)",
      cell: ({ status }) => {
        const why = status.state === "ERROR" ? (status.reason?.message ?? status.message ?? "") : "";
        return (
          <span className={css.why} title={why}>
            {why}
          </span>
        );
      },
    },
  ];
}

/** What made a trigger fire: the tick of its schedule, or the entity that changed. */
function causeOf(run: FiredRun): string {
  const details = run.status.trigger?.details ?? {};
  const { input, schedule } = details;
  if (typeof input === "object" && input !== null && "key" in input && typeof input.key === "string") return input.key;
  return typeof schedule === "string" ? schedule : "";
}
