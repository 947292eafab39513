import { Link } from "@tanstack/react-router";
import { Trash2 } from "lucide-react";
import type { Schema } from "../../api/client.ts";
import { PlaceLink } from "../../entity/PlaceLink.tsx";
import type { Format } from "../../i18n/format.ts";
import type { Messages } from "../../i18n/language.ts";
import { IconButton } from "../../ui/button/IconButton.tsx";
import { LabelList } from "../../ui/labels/LabelList.tsx";
import type { Column } from "../../ui/table/column.ts";
import { TimeAgo } from "../../ui/time/TimeAgo.tsx";
import css from "./ProjectsList.module.css";
import { type ProjectDoc, recently } from "./queries.ts";

interface Frame {
  m: Messages;
  f: Format;
  me: Schema<"Me"> | undefined;
  /** Why nothing can be deleted now. */
  blocked: string | undefined;
  onDelete: (name: string) => void;
}

const none: readonly string[] = [];

/** When something happened in a project last: it was edited, or one of its runs changed. */
export function lastActivity({ metadata, runs }: ProjectDoc): string {
  const { updated } = metadata;
  const ran = runs?.last;
  return ran !== undefined && Date.parse(ran) > Date.parse(updated) ? ran : updated;
}

/** The columns of the list of projects. */
export function projectColumns({ m, f, me, blocked, onDelete }: Frame): readonly Column<ProjectDoc>[] {
  return [
    {
      id: "name",
      pin: "start",
      header: m.projects.name,
      width: "minmax(170px, 1.5fr)",
      sort: "name",
      cell: ({ name }) => (
        <Link to="/p/$project" params={{ project: name }} className={css.name}>
          {name}
        </Link>
      ),
    },
    {
      id: "description",
      header: m.projects.description,
      width: "minmax(140px, 3fr)",
      cell: ({ metadata }) => metadata.description ?? "",
      optional: "shown",
    },
    {
      id: "role",
      wideOnly: true,
      header: m.projects.role,
      width: "minmax(112px, 0.6fr)",
      cell: ({ name }) => {
        const role = me?.everywhere ?? me?.projects.find((known) => known.name === name)?.role;
        return role === undefined ? "" : m.projects.roles[role];
      },
      optional: "shown",
    },
    {
      id: "running",
      header: m.projects.running,
      width: "minmax(84px, 0.5fr)",
      align: "end",
      cell: ({ name, runs }) => {
        const count = runs?.states["RUNNING"] ?? 0;
        return (
          <Runs
            project={name}
            text={f.number(count)}
            count={count}
            tone="running"
            label={m.projects.runningIn(name, count)}
            search={{ state: ["RUNNING"] }}
          />
        );
      },
      optional: "shown",
    },
    {
      id: "failed",
      header: m.projects.failed,
      width: "minmax(104px, 0.5fr)",
      align: "end",
      cell: ({ name, runs }) => {
        const count = runs?.failed ?? 0;
        return (
          <Runs
            project={name}
            text={f.number(count) + (runs?.exact === false ? "+" : "")}
            count={count}
            tone="error"
            label={m.projects.failedIn(name, count)}
            search={{ state: ["ERROR"], since: recently }}
          />
        );
      },
      optional: "shown",
    },
    {
      id: "labels",
      wideOnly: true,
      header: m.projects.labels,
      width: "minmax(96px, 1.2fr)",
      cell: ({ metadata }) => <LabelList labels={metadata.labels ?? none} />,
      optional: "shown",
    },
    {
      id: "updated",
      told: true,
      header: m.projects.updated,
      width: "minmax(104px, 0.7fr)",
      cell: (project) => <TimeAgo at={lastActivity(project)} short />,
      optional: "shown",
    },
    {
      id: "by",
      wideOnly: true,
      header: m.projects.by,
      width: "minmax(104px, 0.7fr)",
      sort: "createdBy",
      cell: ({ metadata }) => metadata.created_by,
      optional: "shown",
    },
    {
      id: "actions",
      pin: "end",
      header: m.ui.actions,
      width: "80px",
      align: "end",
      cell: ({ name }) => (
        <IconButton
          size="small"
          label={m.projects.deleteName(name)}
          icon={<Trash2 />}
          disabledReason={blocked}
          onClick={() => onDelete(name)}
        />
      ),
    },
  ];
}

interface RunsProps {
  project: string;
  count: number;
  text: string;
  tone: "running" | "error";
  label: string;
  search: Record<string, string | readonly string[]>;
}

/** A number of runs that leads to those runs; none leads nowhere. */
function Runs({ project, count, text, tone, label, search }: RunsProps) {
  if (count === 0) return <span className={css.none}>{text}</span>;
  return (
    <PlaceLink
      place={{ to: "/p/$project/runs", params: { project }, search }}
      className={css.runs}
      data-tone={tone}
      aria-label={label}
    >
      {text}
    </PlaceLink>
  );
}
