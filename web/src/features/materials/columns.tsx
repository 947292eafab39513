import { Link } from "@tanstack/react-router";
import { EntityLink } from "../../entity/EntityLink.tsx";
import { namePlace } from "../../entity/place.ts";
import { RowActions, rowActionsWidth } from "../../entity/RowActions.tsx";
import { versionName } from "../../entity/version.ts";
import type { Format } from "../../i18n/format.ts";
import type { Messages } from "../../i18n/language.ts";
import { parseStoreKey } from "../../lib/store-key.ts";
import { Key } from "../../ui/key/Key.tsx";
import { LabelList } from "../../ui/labels/LabelList.tsx";
import { StatusBadge } from "../../ui/status/StatusBadge.tsx";
import type { Column } from "../../ui/table/column.ts";
import { TimeAgo } from "../../ui/time/TimeAgo.tsx";
import { entityOf, type Material, type MaterialDoc, producerOf, sizeOf } from "./material.ts";
import css from "./MaterialsList.module.css";

interface Frame {
  m: Messages;
  f: Format;
  project: string;
  material: Material;
  /** What the server calls a kind. */
  kindTitle: (kind: string) => string;
  onDelete: (doc: MaterialDoc) => void;
}

/** The columns of the list: those of data items, models and artifacts are the same. */
export function materialColumns({ m, f, project, material, kindTitle, onDelete }: Frame): Column<MaterialDoc>[] {
  const page = (doc: MaterialDoc) =>
    ({ to: "/p/$project/$material/$name", params: { project, material, name: doc.name } }) as const;
  const producer = (doc: MaterialDoc) => {
    const key = producerOf(doc);
    const run = key === undefined ? undefined : parseStoreKey(key);
    if (run === undefined) return key ?? "";
    const id = run.id ?? run.name;
    return <EntityLink of={{ ...run, id }}>{run.name === id ? id.slice(0, 8) : run.name}</EntityLink>;
  };
  return [
    {
      id: "name",
      pin: "start",
      header: m.functions.name,
      width: "minmax(128px, 2fr)",
      sort: "name",
      cell: (doc) => (
        <Link {...page(doc)} className={css.name}>
          {doc.name}
        </Link>
      ),
    },
    {
      id: "kind",
      header: m.functions.kind,
      width: "minmax(92px, 0.8fr)",
      sort: "kind",
      cell: (doc) => kindTitle(doc.kind),
      optional: "shown",
    },
    {
      id: "version",
      header: m.functions.version,
      width: "minmax(64px, 0.6fr)",
      cell: (doc) => versionName(doc),
      optional: "shown",
    },
    {
      id: "state",
      header: m.materials.state,
      width: "minmax(100px, 0.8fr)",
      sort: "state",
      cell: (doc) => <StatusBadge state={doc.status.state} entity="material" />,
      optional: "shown",
    },
    {
      id: "size",
      header: m.materials.size,
      width: "minmax(64px, 0.6fr)",
      align: "end",
      cell: (doc) => {
        const size = sizeOf(doc);
        return size === undefined ? "" : f.bytes(size.bytes);
      },
      optional: "shown",
    },
    {
      id: "files",
      wideOnly: true,
      header: m.materials.files,
      width: "minmax(48px, 0.4fr)",
      align: "end",
      cell: (doc) => sizeOf(doc)?.files ?? "",
      optional: "shown",
    },
    {
      id: "producer",
      wideOnly: true,
      header: m.materials.producer,
      width: "minmax(80px, 0.8fr)",
      cell: producer,
      optional: "shown",
    },
    {
      id: "labels",
      wideOnly: true,
      header: m.functions.labels,
      width: "minmax(106px, 1.2fr)",
      cell: (doc) => <LabelList labels={doc.metadata.labels ?? []} />,
      optional: "shown",
    },
    {
      id: "updated",
      told: true,
      header: m.functions.updated,
      width: "minmax(80px, 0.7fr)",
      sort: "updated",
      descends: true,
      cell: (doc) => <TimeAgo at={doc.metadata.updated} short />,
      optional: "shown",
    },
    {
      id: "created",
      told: true,
      header: m.materials.created,
      width: "minmax(116px, 1fr)",
      sort: "created",
      descends: true,
      cell: (doc) => <TimeAgo at={doc.metadata.created} />,
      optional: "hidden",
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
      id: "path",
      header: m.entities.path,
      width: "minmax(190px, 2fr)",
      cell: (doc) => {
        const path = doc.spec["path"];
        return typeof path === "string" ? <Key value={path} what={m.entities.path} /> : "";
      },
      optional: "hidden",
    },
    {
      id: "actions",
      pin: "end",
      header: m.ui.actions,
      width: rowActionsWidth,
      align: "end",
      cell: (doc) => (
        <RowActions place={namePlace(entityOf(material), project, doc.name)} doc={doc} onDelete={onDelete} />
      ),
    },
  ];
}
