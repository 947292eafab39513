import { Link } from "@tanstack/react-router";
import { Copy, Ellipsis, Pencil, Trash2 } from "lucide-react";
import { ButtonLink } from "../../entity/links.tsx";
import type { Messages } from "../../i18n/language.ts";
import { copyText } from "../../lib/clipboard.ts";
import { IconButton } from "../../ui/button/IconButton.tsx";
import { LabelList } from "../../ui/labels/LabelList.tsx";
import { Menu, MenuItem } from "../../ui/menu/Menu.tsx";
import { StatusBadge } from "../../ui/status/StatusBadge.tsx";
import type { Column } from "../../ui/table/column.ts";
import { TimeAgo } from "../../ui/time/TimeAgo.tsx";
import { TimeUntil } from "../../ui/time/TimeUntil.tsx";
import { Target } from "./Target.tsx";
import { TriggerSwitch } from "./TriggerSwitch.tsx";
import type { TriggerRow } from "./trigger.ts";
import css from "./Triggers.module.css";
import { When } from "./When.tsx";

interface Frame {
  m: Messages;
  project: string;
  blocked: string | undefined;
  kindTitle: (kind: string) => string;
  onEdit: (row: TriggerRow) => void;
  onDelete: (row: TriggerRow) => void;
}

/** The columns of the list of triggers. */
export function triggerColumns(frame: Frame): readonly Column<TriggerRow>[] {
  const { m, project, blocked, kindTitle, onEdit, onDelete } = frame;
  const t = m.triggers;
  return [
    {
      id: "on",
      header: t.on,
      width: "84px",
      sort: "state",
      cell: (row) => (
        <span className={css.state}>
          <TriggerSwitch project={project} id={row.id} name={row.name} state={row.status.state} />
          {row.status.state === "ERROR" && <StatusBadge state="ERROR" entity="trigger" compact />}
        </span>
      ),
    },
    {
      id: "name",
      header: t.name,
      pin: "start",
      width: "minmax(116px, 1.2fr)",
      sort: "name",
      cell: (row) => (
        <Link to="/p/$project/triggers/$id" params={{ project, id: row.id }} className={css.name}>
          {row.name}
        </Link>
      ),
    },
    {
      id: "kind",
      wideOnly: true,
      header: t.kind,
      width: "minmax(88px, 0.8fr)",
      sort: "kind",
      cell: (row) => kindTitle(row.kind),
      optional: "shown",
    },
    {
      id: "target",
      header: t.runs,
      width: "minmax(120px, 1fr)",
      sort: "task",
      cell: (row) => <Target project={project} spec={row.spec} />,
      optional: "shown",
    },
    {
      id: "when",
      header: t.when,
      width: "minmax(168px, 2fr)",
      cell: (row) => <When spec={row.spec} />,
      optional: "shown",
    },
    {
      id: "next",
      told: true,
      header: t.next,
      width: "minmax(92px, 0.8fr)",
      cell: (row) => (row.next === undefined ? null : <TimeUntil at={row.next} />),
      optional: "shown",
    },
    {
      id: "last",
      told: true,
      header: t.last,
      width: "minmax(122px, 1.2fr)",
      cell: (row) => <LastFire project={project} row={row} m={m} />,
      optional: "shown",
    },
    {
      id: "labels",
      header: t.labels,
      width: "minmax(110px, 1fr)",
      cell: (row) => <LabelList labels={row.metadata.labels ?? []} />,
      optional: "hidden",
    },
    {
      id: "updated",
      told: true,
      header: t.updated,
      width: "minmax(96px, 0.8fr)",
      sort: "updated",
      descends: true,
      cell: (row) => <TimeAgo at={row.metadata.updated} />,
      optional: "hidden",
    },
    {
      id: "actions",
      pin: "end",
      header: m.ui.actions,
      width: "116px",
      align: "end",
      cell: (row) => (
        <span className={css.actions}>
          <ButtonLink
            to="/p/$project/triggers/$id"
            params={{ project, id: row.id }}
            size="small"
            tone="quiet"
            aria-label={t.showName(row.name)}
          >
            {t.show}
          </ButtonLink>
          <Menu trigger={<IconButton size="small" label={`${m.ui.more}: ${row.name}`} icon={<Ellipsis />} />}>
            <MenuItem icon={<Pencil />} shortcut="e" disabledReason={blocked} onSelect={() => onEdit(row)}>
              {t.edit}
            </MenuItem>
            <MenuItem icon={<Copy />} shortcut="y" onSelect={() => void copyText(row.key)}>
              {m.ui.copy(t.keyWord)}
            </MenuItem>
            <MenuItem icon={<Trash2 />} danger disabledReason={blocked} onSelect={() => onDelete(row)}>
              {t.delete}
            </MenuItem>
          </Menu>
        </span>
      ),
    },
  ];
}

function LastFire({ project, row, m }: { project: string; row: TriggerRow; m: Messages }) {
  const fires = row.fires;
  const last = fires?.last;
  if (fires === undefined || last === undefined) return <span className={css.quiet}>{m.triggers.never}</span>;
  return (
    <span className={css.state}>
      <StatusBadge state={last.state} entity="run" compact />
      <Link to="/p/$project/runs/$id/{-$tab}" params={{ project, id: last.id, tab: undefined }}>
        <TimeAgo at={last.created} short />
      </Link>
      {fires.failures > 1 && <span className={css.failures}>{m.triggers.failures(fires.failures)}</span>}
    </span>
  );
}
