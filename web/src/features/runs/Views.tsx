import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { BookmarkPlus, X } from "lucide-react";
import { useState } from "react";
import { errorText } from "../../api/error.ts";
import { session } from "../../api/session.ts";
import { useMessages } from "../../i18n/language.ts";
import { parseSearch, writeSearch } from "../../lib/search-params.ts";
import { useWriteBlock } from "../../live/state.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Callout } from "../../ui/callout/Callout.tsx";
import { Dialog } from "../../ui/dialog/Dialog.tsx";
import { DialogFoot } from "../../ui/dialog/DialogFoot.tsx";
import { TextField } from "../../ui/field/TextField.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import { viewChanges } from "./mutations.ts";
import { views } from "./queries.ts";
import css from "./RunsList.module.css";
import { parseRuns, type RunsSearch } from "./search.ts";

interface ViewsProps {
  project: string;
  search: RunsSearch;
}

/** Lists that are one click away: those that everybody needs, and those that the person saved. */
export function Views({ project, search }: ViewsProps) {
  const m = useMessages();
  const blocked = useWriteBlock();
  const queries = useQueryClient();
  const [saving, setSaving] = useState(false);
  const { data: me } = useQuery(session.me());
  const { data: saved } = useQuery(views.list(project));
  const toast = useToast();
  const remove = useMutation(viewChanges.remove(project, queries));
  const forget = (id: string) =>
    remove.mutate(id, { onError: (error) => toast({ tone: "error", text: errorText(error) }) });
  const { peek: _, ...shown } = search;
  const now = writeSearch({ ...shown });
  const as = search.view === undefined ? {} : { view: search.view };
  const builtIn: readonly { name: string; search: RunsSearch }[] = [
    { name: m.runs.views.all, search: as },
    { name: m.runs.views.failedToday, search: { ...as, state: ["ERROR"], since: "24h" } },
    { name: m.runs.views.live, search: { ...as, state: ["READY", "PENDING", "RUNNING"] } },
    { name: m.runs.views.mine, search: { ...as, user: me?.user ?? "" } },
  ];
  const link = (name: string, to: RunsSearch) => (
    <Link
      to="/p/$project/runs"
      params={{ project }}
      search={to}
      className={css.view}
      activeProps={{}}
      activeOptions={{ exact: true, includeSearch: true }}
      data-current={writeSearch({ ...to }) === now || undefined}
    >
      {name}
    </Link>
  );
  return (
    <nav className={css.views} aria-label={m.runs.views.label}>
      <ul>
        {builtIn.map((view) => (
          <li key={view.name}>{link(view.name, view.search)}</li>
        ))}
        {saved?.map((view) => (
          <li key={view.id}>
            {link(view.name, parseRuns(parseSearch(view.query)))}
            <button
              type="button"
              className={css.forget}
              aria-label={m.runs.views.forget(view.name)}
              aria-disabled={blocked !== undefined || undefined}
              title={blocked}
              onClick={() => blocked === undefined && forget(view.id)}
            >
              <X aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
      <Button
        size="small"
        tone="quiet"
        icon={<BookmarkPlus />}
        disabledReason={blocked}
        onClick={() => setSaving(true)}
      >
        {m.runs.views.save}
      </Button>
      {saving && <SaveView project={project} query={now} onClose={() => setSaving(false)} />}
    </nav>
  );
}

function SaveView({ project, query, onClose }: { project: string; query: string; onClose: () => void }) {
  const m = useMessages();
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const save = useMutation(viewChanges.save(project, queries));
  const blocked = useWriteBlock();
  const missing = blocked ?? (name.trim() === "" ? m.runs.views.nameMissing : undefined);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={m.runs.views.save}
      description={m.runs.views.saveHelp}
      onSubmit={() => save.mutate({ name: name.trim(), query }, { onSuccess: onClose })}
      footer={
        <DialogFoot submit={m.runs.views.saveSubmit} busy={save.isPending} blocked={missing} onCancel={onClose} />
      }
    >
      <TextField label={m.runs.views.name} value={name} onChange={setName} autoComplete="off" />
      {save.error !== null && <Callout tone="error">{errorText(save.error)}</Callout>}
    </Dialog>
  );
}
