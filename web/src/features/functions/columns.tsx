import { Link } from "@tanstack/react-router";
import { namePlace } from "../../entity/place.ts";
import { RowActions, rowActionsWidth } from "../../entity/RowActions.tsx";
import { versionName } from "../../entity/version.ts";
import type { Messages } from "../../i18n/language.ts";
import { Key } from "../../ui/key/Key.tsx";
import { LabelList } from "../../ui/labels/LabelList.tsx";
import type { Column } from "../../ui/table/column.ts";
import { TimeAgo } from "../../ui/time/TimeAgo.tsx";
import css from "./FunctionsList.module.css";
import type { FunctionDoc } from "./queries.ts";
import { RunHistory } from "./RunHistory.tsx";

interface Frame {
  m: Messages;
  project: string;
  /** What the server calls a kind. */
  kindTitle: (kind: string) => string;
  onDelete: (doc: FunctionDoc) => void;
}

/** The columns of the list of functions. */
export function functionColumns({ m, project, kindTitle, onDelete }: Frame): readonly Column<FunctionDoc>[] {
  return [
    {
      id: "name",
      pin: "start",
      header: m.functions.name,
      width: "minmax(180px, 2fr)",
      sort: "name",
      cell: (doc) => (
        <Link to="/p/$project/functions/$name" params={{ project, name: doc.name }} className={css.name}>
          {doc.name}
        </Link>
      ),
    },
    {
      id: "kind",
      header: m.functions.kind,
      width: "minmax(124px, 1fr)",
      sort: "kind",
      cell: (doc) => kindTitle(doc.kind),
    },
    {
      id: "version",
      header: m.functions.version,
      width: "minmax(72px, 0.6fr)",
      cell: (doc) => versionName(doc),
      optional: "shown",
    },
    {
      id: "history",
      header: m.functions.history,
      width: "minmax(190px, 1.5fr)",
      cell: (doc) => <RunHistory runs={doc.runs} />,
      optional: "shown",
    },
    {
      id: "labels",
      wideOnly: true,
      header: m.functions.labels,
      width: "minmax(110px, 1.2fr)",
      cell: (doc) => <LabelList labels={doc.metadata.labels ?? []} />,
      optional: "shown",
    },
    {
      id: "updated",
      told: true,
      header: m.functions.updated,
      width: "minmax(88px, 0.7fr)",
      sort: "updated",
      descends: true,
      cell: (doc) => <TimeAgo at={doc.metadata.updated} short />,
      optional: "shown",
    },
    {
      id: "by",
      told: true,
      header: m.functions.by,
      width: "minmax(90px, 0.7fr)",
      sort: "updatedBy",
      cell: (doc) => doc.metadata.updated_by,
      optional: "hidden",
    },
    {
      id: "id",
      header: m.entities.id,
      width: "minmax(190px, 1.5fr)",
      cell: (doc) => <Key value={doc.id} what={m.entities.id} />,
      optional: "hidden",
    },
    {
      id: "actions",
      pin: "end",
      header: m.ui.actions,
      width: rowActionsWidth,
      align: "end",
      cell: (doc) => <RowActions place={namePlace("function", project, doc.name)} doc={doc} onDelete={onDelete} />,
    },
  ];
}
