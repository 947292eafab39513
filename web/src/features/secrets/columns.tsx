import { Link } from "@tanstack/react-router";
import { Copy, Ellipsis, Pencil, Trash2 } from "lucide-react";
import { ButtonLink } from "../../entity/links.tsx";
import type { Messages } from "../../i18n/language.ts";
import { copyText } from "../../lib/clipboard.ts";
import { IconButton } from "../../ui/button/IconButton.tsx";
import { LabelList } from "../../ui/labels/LabelList.tsx";
import { Menu, MenuItem } from "../../ui/menu/Menu.tsx";
import type { Column } from "../../ui/table/column.ts";
import { TimeAgo } from "../../ui/time/TimeAgo.tsx";
import type { SecretDoc } from "./queries.ts";
import css from "./Secrets.module.css";

interface Frame {
  m: Messages;
  project: string;
  blocked: string | undefined;
  onEdit: (doc: SecretDoc) => void;
  onDelete: (doc: SecretDoc) => void;
}

/** The columns of the list of secrets. */
export function secretColumns({ m, project, blocked, onEdit, onDelete }: Frame): readonly Column<SecretDoc>[] {
  return [
    {
      id: "name",
      pin: "start",
      header: m.secrets.name,
      width: "minmax(160px, 1.5fr)",
      sort: "name",
      cell: (doc) => (
        <Link
          to="/p/$project/secrets"
          params={{ project }}
          search={(old) => ({ ...old, show: doc.name })}
          className={css.name}
        >
          {doc.name}
        </Link>
      ),
    },
    {
      id: "description",
      header: m.secrets.description,
      width: "minmax(160px, 2.5fr)",
      cell: (doc) => doc.metadata.description ?? "",
      optional: "shown",
    },
    {
      id: "labels",
      wideOnly: true,
      header: m.secrets.labels,
      width: "minmax(120px, 1.2fr)",
      cell: (doc) => <LabelList labels={doc.metadata.labels ?? []} />,
      optional: "shown",
    },
    {
      id: "updated",
      told: true,
      header: m.secrets.updated,
      width: "minmax(120px, 1fr)",
      sort: "updated",
      descends: true,
      cell: (doc) => <TimeAgo at={doc.metadata.updated} />,
      optional: "shown",
    },
    {
      id: "by",
      wideOnly: true,
      header: m.secrets.by,
      width: "minmax(100px, 0.8fr)",
      sort: "updatedBy",
      cell: (doc) => doc.metadata.updated_by,
      optional: "shown",
    },
    {
      id: "revealed",
      told: true,
      header: m.secrets.lastRevealed,
      width: "minmax(140px, 1fr)",
      cell: (doc) => {
        const last = doc.status.revealed?.[0];
        return last === undefined ? <span className={css.quiet}>{m.secrets.never}</span> : <TimeAgo at={last.at} />;
      },
      optional: "shown",
    },
    {
      id: "actions",
      pin: "end",
      header: m.ui.actions,
      width: "132px",
      align: "end",
      cell: (doc) => (
        <span className={css.actions}>
          <ButtonLink
            to="/p/$project/secrets"
            params={{ project }}
            search={(old) => ({ ...old, show: doc.name })}
            size="small"
            tone="quiet"
            aria-label={m.secrets.showName(doc.name)}
          >
            {m.secrets.show}
          </ButtonLink>
          <Menu trigger={<IconButton size="small" label={`${m.ui.more}: ${doc.name}`} icon={<Ellipsis />} />}>
            <MenuItem icon={<Pencil />} shortcut="e" disabledReason={blocked} onSelect={() => onEdit(doc)}>
              {m.secrets.edit}
            </MenuItem>
            <MenuItem icon={<Copy />} shortcut="y" onSelect={() => void copyText(doc.name)}>
              {m.ui.copy(m.secrets.nameWord)}
            </MenuItem>
            <MenuItem icon={<Trash2 />} danger disabledReason={blocked} onSelect={() => onDelete(doc)}>
              {m.secrets.delete}
            </MenuItem>
          </Menu>
        </span>
      ),
    },
  ];
}
