import { Link } from "@tanstack/react-router";
import { Bell } from "lucide-react";
import { useEffect, useState } from "react";
import { shareOf, useUploads } from "../../features/materials/upload/list.ts";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { Button } from "../../ui/button/Button.tsx";
import { IconButton } from "../../ui/button/IconButton.tsx";
import { Popover } from "../../ui/popover/Popover.tsx";
import { statusWord } from "../../ui/status/status.ts";
import { StatusBadge } from "../../ui/status/StatusBadge.tsx";
import { TimeAgo } from "../../ui/time/TimeAgo.tsx";
import { type Notice, withChange } from "../activity.ts";
import { feed } from "../live.ts";
import css from "./Activity.module.css";

const states = { sending: "UPLOADING", finishing: "UPLOADING", failed: "ERROR", done: "READY" } as const;

const placeOfNotice = ({ entity, project, id }: Notice) =>
  entity === "run"
    ? ({ to: "/p/$project/runs/$id/{-$tab}", params: { project, id, tab: undefined } } as const)
    : ({ to: "/p/$project/triggers/$id", params: { project, id } } as const);

/** What happened while the console was open, runs that ended and triggers that failed, and what is being uploaded. */
export function Activity() {
  const m = useMessages();
  const f = useFormat();
  const [open, setOpen] = useState(false);
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  useEffect(() => feed.listen((change) => setNotices((old) => withChange(old, change, Date.now()))), []);
  const uploads = useUploads();
  const unread = notices.filter((notice) => !notice.read).length;
  return (
    <Popover
      align="end"
      open={open}
      onOpenChange={setOpen}
      label={m.app.activity.label}
      trigger={
        <IconButton
          label={unread === 0 ? m.app.activity.label : `${m.app.activity.label}, ${m.app.activity.unread(unread)}`}
          icon={
            <span className={css.bell} data-unread={unread > 0 || undefined}>
              <Bell />
            </span>
          }
        />
      }
    >
      <div className={css.panel}>
        <h2 className={css.title}>{m.app.activity.notifications}</h2>
        {notices.length === 0 && <p className={css.none}>{m.app.activity.nothing}</p>}
        <ul>
          {notices.map((notice) => (
            <li key={notice.id} className={css.notice} data-read={notice.read || undefined}>
              <StatusBadge state={notice.state} entity={notice.entity} compact />
              <Link
                {...placeOfNotice(notice)}
                className={css.name}
                aria-label={m.app.activity.run(notice.name, statusWord(m, notice.state, notice.entity))}
                onClick={() => {
                  setNotices((old) => old.map((each) => (each.id === notice.id ? { ...each, read: true } : each)));
                  setOpen(false);
                }}
              >
                {notice.name}
              </Link>
              <TimeAgo at={new Date(notice.at).toISOString()} short />
            </li>
          ))}
        </ul>
        {unread > 0 && (
          <Button
            size="small"
            tone="quiet"
            onClick={() => setNotices((old) => old.map((notice) => ({ ...notice, read: true })))}
          >
            {m.app.activity.markRead}
          </Button>
        )}
        {uploads.length > 0 && (
          <>
            <h2 className={css.title}>{m.app.activity.uploads}</h2>
            <ul>
              {uploads.map((upload) => (
                <li key={upload.id} className={css.notice} data-read={upload.phase === "done" || undefined}>
                  <StatusBadge state={states[upload.phase]} entity="material" compact />
                  <Link
                    to="/p/$project/$material/$name"
                    params={{ project: upload.project, material: upload.material, name: upload.name }}
                    search={{ v: upload.id }}
                    className={css.name}
                  >
                    {upload.name}
                  </Link>
                  <span>{f.percent(Math.floor(shareOf(upload) * 100) / 100)}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Popover>
  );
}
