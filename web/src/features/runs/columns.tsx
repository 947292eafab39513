import { Timer } from "lucide-react";
import { RowLink } from "../../entity/RowLink.tsx";
import type { Format } from "../../i18n/format.ts";
import type { Messages } from "../../i18n/language.ts";
import { LabelList } from "../../ui/labels/LabelList.tsx";
import { StatusBadge } from "../../ui/status/StatusBadge.tsx";
import type { Column } from "../../ui/table/column.ts";
import { TimeAgo } from "../../ui/time/TimeAgo.tsx";
import { actionOf, briefValue, parametersOf, type RunRow, spent, statusEntity } from "./run.ts";
import { FiredBy } from "./FiredBy.tsx";
import { RowActions, type RowFrame } from "./RowActions.tsx";
import { RunDuration } from "./RunDuration.tsx";
import css from "./RunsList.module.css";
import { Why } from "./Why.tsx";

interface Frame extends RowFrame {
  m: Messages;
  f: Format;
  /** Names of metrics and parameters that rows have, offered as columns. */
  metrics: readonly string[];
  parameters: readonly string[];
}

/** The id of the column that shows all parameters; choosing it lets rows bring them. */
export const parametersColumn = "parameters";

/** The columns of the list of runs. */
export function runColumns({ m, f, metrics, parameters, ...frame }: Frame): readonly Column<RunRow>[] {
  const { project } = frame;
  const c = m.runs.columns;
  return [
    {
      id: "state",
      header: c.state,
      width: "120px",
      sort: "state",
      cell: (run) => <StatusBadge state={run.status.state} entity={statusEntity(run.kind)} />,
      quick: (run) => <StatusBadge quick state={run.status.state} entity={statusEntity(run.kind)} />,
    },
    {
      id: "name",
      header: c.run,
      width: "minmax(120px, 1.2fr)",
      pin: "start",
      sort: "name",
      cell: (run) => (
        <RowLink place={{ to: "/p/$project/runs/$id", params: { project, id: run.id } }} className={css.name}>
          {run.name}
        </RowLink>
      ),
      quick: (run) => <span className={css.name}>{run.name}</span>,
    },
    {
      id: "function",
      header: c.function,
      width: "minmax(120px, 1.4fr)",
      sort: "function",
      optional: "shown",
      cell: (run) => <Executed run={run} project={project} />,
      quick: (run) => <span className={css.link}>{executedText(run)}</span>,
    },
    {
      id: "started",
      header: c.created,
      width: "minmax(88px, 0.7fr)",
      sort: "created",
      descends: true,
      optional: "shown",
      cell: (run) => <TimeAgo at={run.metadata.created} short />,
      quick: ({ metadata: { created } }) =>
        Date.now() - Date.parse(created) < 60_000 ? m.ui.minuteAgoShort : f.relativeShort(created, Date.now()),
    },
    {
      id: "duration",
      header: c.duration,
      width: "148px",
      sort: "duration",
      descends: true,
      optional: "shown",
      cell: (run) => <RunDuration run={run} />,
      quick: (run) => f.duration(spent(run, Date.now()).total),
    },
    {
      id: "by",
      wideOnly: true,
      header: c.by,
      width: "minmax(94px, 0.7fr)",
      sort: "createdBy",
      optional: "shown",
      cell: (run) => <By run={run} m={m} />,
      quick: (run) => (run.status.trigger?.job === undefined ? run.user : null),
    },
    { id: "why", header: c.why, width: "minmax(150px, 2fr)", optional: "shown", cell: (run) => <Why run={run} /> },
    {
      id: "kind",
      header: c.kind,
      width: "minmax(120px, 1fr)",
      sort: "kind",
      optional: "hidden",
      cell: (run) => run.kind,
    },
    {
      id: "labels",
      header: c.labels,
      width: "minmax(120px, 1fr)",
      optional: "hidden",
      cell: (run) => <LabelList labels={run.metadata.labels ?? []} />,
    },
    {
      id: "updated",
      header: c.updated,
      width: "minmax(96px, 0.8fr)",
      sort: "updated",
      descends: true,
      optional: "hidden",
      cell: (run) => <TimeAgo at={run.metadata.updated} short />,
    },
    {
      id: "id",
      header: c.id,
      width: "minmax(120px, 1fr)",
      optional: "hidden",
      cell: (run) => <code title={run.id}>{run.id}</code>,
    },
    {
      id: parametersColumn,
      header: c.parameters,
      width: "minmax(160px, 1.5fr)",
      optional: "hidden",
      cell: (run) => (
        <Text
          text={Object.entries(parametersOf(run))
            .map(([k, v]) => `${k} ${briefValue(v)}`)
            .join(" · ")}
        />
      ),
    },
    ...parameters.map((name): Column<RunRow> => ({
      id: `parameter ${name}`,
      header: m.runs.parameterColumn(name),
      width: "minmax(90px, 0.7fr)",
      align: "end",
      optional: "hidden",
      cell: (run) => <Text text={briefValue(parametersOf(run)[name])} />,
    })),
    ...metrics.map((name): Column<RunRow> => ({
      id: `metric ${name}`,
      header: m.runs.metricColumn(name),
      width: "minmax(90px, 0.7fr)",
      align: "end",
      optional: "hidden",
      cell: (run) => {
        const value = run.metrics?.[name];
        return value === undefined ? null : f.number(value);
      },
    })),
    {
      id: "actions",
      header: c.actions,
      width: "80px",
      pin: "end",
      align: "end",
      cell: (run) => <RowActions run={run} frame={frame} />,
      quick: () => null,
    },
  ];
}

function Text({ text }: { text: string }) {
  return <span title={text}>{text}</span>;
}

function executedText({ function: of, kind }: RunRow): string {
  if (of === undefined) return "";
  return `${of.version === undefined ? of.name : `${of.name} @v${of.version}`} · ${actionOf(kind)}`;
}

function Executed({ run, project }: { run: RunRow; project: string }) {
  const of = run.function;
  if (of === undefined) return null;
  const text = executedText(run);
  return of.entity === "function" && of.version !== undefined ? (
    <RowLink
      place={{ to: "/p/$project/functions/$name", params: { project, name: of.name }, search: { v: of.id } }}
      title={text}
    >
      {text}
    </RowLink>
  ) : (
    <Text text={text} />
  );
}

function By({ run, m }: { run: RunRow; m: Messages }) {
  const fired = run.status.trigger?.job;
  if (fired === undefined) return <Text text={run.user} />;
  return (
    <span className={css.trigger}>
      <Timer aria-label={m.runs.trigger} />
      <FiredBy fired={fired} />
    </span>
  );
}
