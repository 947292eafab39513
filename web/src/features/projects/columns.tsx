import { Link } from "@tanstack/react-router";
import { Trash2 } from "lucide-react";
import type { Messages } from "../../i18n/language.ts";
import { IconButton } from "../../ui/button/IconButton.tsx";
import { LabelList } from "../../ui/labels/LabelList.tsx";
import type { Column } from "../../ui/table/column.ts";
import { TimeAgo } from "../../ui/time/TimeAgo.tsx";
import css from "./ProjectsList.module.css";
import type { ProjectDoc } from "./queries.ts";

interface Frame {
  m: Messages;
  /** Why nothing can be deleted now. */
  blocked: string | undefined;
  onDelete: (name: string) => void;
}

const none: readonly string[] = [];

/** The columns of the list of projects. */
export function projectColumns({ m, blocked, onDelete }: Frame): readonly Column<ProjectDoc>[] {
  return [
    {
      id: "name",
      pin: "start",
      header: m.projects.name,
      width: "minmax(180px, 1.5fr)",
      cell: ({ name }) => (
        <Link to="/p/$project" params={{ project: name }} className={css.name}>
          {name}
        </Link>
      ),
    },
    {
      id: "description",
      header: m.projects.description,
      width: "minmax(160px, 3fr)",
      cell: ({ metadata }) => metadata.description ?? "",
      optional: "shown",
    },
    {
      id: "labels",
      header: m.projects.labels,
      width: "minmax(120px, 1.5fr)",
      cell: ({ metadata }) => <LabelList labels={metadata.labels ?? none} />,
      optional: "shown",
    },
    {
      id: "updated",
      header: m.projects.updated,
      width: "minmax(120px, 1fr)",
      cell: ({ metadata }) => <TimeAgo at={metadata.updated} />,
      optional: "shown",
    },
    {
      id: "by",
      header: m.projects.by,
      width: "minmax(100px, 0.8fr)",
      cell: ({ metadata }) => metadata.created_by,
      optional: "hidden",
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
