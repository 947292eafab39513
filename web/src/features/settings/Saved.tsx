import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { errorText } from "../../api/error.ts";
import { PlaceLink } from "../../entity/PlaceLink.tsx";
import { useMessages } from "../../i18n/language.ts";
import { parseSearch } from "../../lib/search-params.ts";
import { useWriteBlock } from "../../live/state.ts";
import { IconButton } from "../../ui/button/IconButton.tsx";
import { ErrorPanel } from "../../ui/state/ErrorPanel.tsx";
import { SkeletonRows } from "../../ui/state/Skeleton.tsx";
import { TimeAgo } from "../../ui/time/TimeAgo.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import { settingsChanges } from "./mutations.ts";
import { settings } from "./queries.ts";
import css from "./Settings.module.css";

/** What the user keeps in the project: settings of runs under a name, and lists with their filters. */
export function Saved({ project }: { project: string }) {
  const m = useMessages();
  const s = m.settings;
  const toast = useToast();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery(settings.saved(project));
  const forgetPreset = useMutation(settingsChanges.forgetPreset(queries, project));
  // Undo may be pressed when this page is left: what fails is said in any case.
  const onError = (failure: Error) => toast({ tone: "error", text: errorText(failure) });
  const keepPreset = useMutation({ ...settingsChanges.keepPreset(queries, project), onError });
  const forgetView = useMutation(settingsChanges.forgetView(queries, project));
  const keepView = useMutation({ ...settingsChanges.keepView(queries, project), onError });
  if (error !== null) return <ErrorPanel error={error} what={s.savedWord} onRetry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows rows={3} />;
  const told = (name: string, undo: () => void) => ({
    onSuccess: () => toast({ tone: "success" as const, text: s.forgotten(name), undo }),
    onError,
  });
  return (
    <div className={css.sections}>
      <Kept title={s.presets} help={s.presetsHelp} none={s.noPresets}>
        {data.presets.map((preset) => (
          <Row
            key={preset.id}
            name={preset.name}
            updated={preset.updated}
            onForget={() =>
              forgetPreset.mutate(
                preset.id,
                told(preset.name, () => keepPreset.mutate(preset)),
              )
            }
          >
            <span className={css.strong}>{preset.name}</span>
            {preset.function === undefined ? (
              <span>{preset.workflow}</span>
            ) : (
              <Link to="/p/$project/functions/$name/run" params={{ project, name: preset.function }}>
                {preset.function}
              </Link>
            )}
            <code>{preset.kind}</code>
          </Row>
        ))}
      </Kept>
      <Kept title={s.views} help={s.viewsHelp} none={s.noViews}>
        {data.views.map((view) => (
          <Row
            key={view.id}
            name={view.name}
            updated={view.updated}
            onForget={() =>
              forgetView.mutate(
                view.id,
                told(view.name, () => keepView.mutate(view)),
              )
            }
          >
            <PlaceLink place={placeOfView(project, view)}>{view.name}</PlaceLink>
            <code title={view.query}>{view.page}</code>
          </Row>
        ))}
      </Kept>
    </div>
  );
}

function placeOfView(project: string, { page, query }: { page: string; query: string }) {
  const search = Object.fromEntries(
    Object.entries(parseSearch(query)).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(String) : String(value),
    ]),
  );
  return { to: `/p/$project/${page}`, params: { project }, search };
}

function Kept({ title, help, none, children }: { title: string; help: string; none: string; children: ReactNode[] }) {
  return (
    <section className={css.card} aria-label={title}>
      <h2>{title}</h2>
      <p className={css.quiet}>{help}</p>
      {children.length === 0 ? (
        <p>{none}</p>
      ) : (
        <ul className={css.list} aria-label={title}>
          {children}
        </ul>
      )}
    </section>
  );
}

interface RowProps {
  name: string;
  updated: string;
  onForget: () => void;
  children: ReactNode;
}

function Row({ name, updated, onForget, children }: RowProps) {
  const m = useMessages();
  const blocked = useWriteBlock();
  return (
    <li className={css.row}>
      {children}
      <span className={css.end}>
        <TimeAgo at={updated} />
        <IconButton
          size="small"
          label={m.settings.forget(name)}
          icon={<Trash2 />}
          disabledReason={blocked}
          onClick={onForget}
        />
      </span>
    </li>
  );
}
