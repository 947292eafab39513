import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { useMessages } from "../../i18n/language.ts";
import { useWriteBlock } from "../../live/state.ts";
import { Button } from "../../ui/button/Button.tsx";
import { IconButton } from "../../ui/button/IconButton.tsx";
import { TextField } from "../../ui/field/TextField.tsx";
import { ErrorPanel } from "../../ui/state/ErrorPanel.tsx";
import { SkeletonRows } from "../../ui/state/Skeleton.tsx";
import { type UsedLabel, carriers } from "./labels.ts";
import { settings } from "./queries.ts";
import { RemoveLabel } from "./RemoveLabel.tsx";
import { RenameLabel } from "./RenameLabel.tsx";
import css from "./Settings.module.css";

/** The labels of a project: how much carries each, and where they are renamed, merged and removed at once. */
export function LabelsTab({ project }: { project: string }) {
  const m = useMessages();
  const s = m.settings.labelsTab;
  const blocked = useWriteBlock();
  const [begins, setBegins] = useState("");
  const [renamed, rename] = useState<UsedLabel>();
  const [removed, remove] = useState<UsedLabel>();
  const list = useInfiniteQuery(settings.labels(project, begins));
  const labels = list.data?.pages.flatMap((page) => page.content);
  return (
    <section className={css.card} aria-labelledby="settings-labels">
      <h2 id="settings-labels">{m.settings.labels}</h2>
      <p className={css.quiet}>{s.help}</p>
      <TextField label={s.begins} value={begins} onChange={setBegins} type="search" autoComplete="off" />
      {list.error !== null && labels === undefined && (
        <ErrorPanel error={list.error} what={s.word} onRetry={() => void list.refetch()} />
      )}
      {list.isPending && <SkeletonRows rows={3} />}
      {labels?.length === 0 && <p>{begins === "" ? s.none : s.noneBegins(begins)}</p>}
      {labels !== undefined && labels.length > 0 && (
        <ul className={css.list} aria-label={m.settings.labels}>
          {labels
            .map((label) => ({ label, ...carriers(label) }))
            .map(({ label, entities, runs }) => (
              <li key={label.label} className={css.row}>
                <span className={css.strong}>{label.label}</span>
                <span className={css.end}>
                  {entities.n > 0 && (
                    <Link
                      to="/p/$project/search"
                      params={{ project }}
                      search={{ label: [label.label], versions: "all" }}
                    >
                      {s.entities(entities)}
                    </Link>
                  )}
                  {runs.n > 0 && (
                    <Link to="/p/$project/runs" params={{ project }} search={{ label: [label.label] }}>
                      {s.runs(runs)}
                    </Link>
                  )}
                  <IconButton
                    size="small"
                    label={s.rename(label.label)}
                    icon={<Pencil />}
                    disabledReason={blocked}
                    onClick={() => rename(label)}
                  />
                  <IconButton
                    size="small"
                    label={s.remove(label.label)}
                    icon={<Trash2 />}
                    disabledReason={blocked}
                    onClick={() => remove(label)}
                  />
                </span>
              </li>
            ))}
        </ul>
      )}
      {list.hasNextPage && (
        <div className={css.buttons}>
          <Button busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {s.more}
          </Button>
        </div>
      )}
      {renamed !== undefined && <RenameLabel project={project} label={renamed} onClose={() => rename(undefined)} />}
      {removed !== undefined && <RemoveLabel project={project} label={removed} onClose={() => remove(undefined)} />}
    </section>
  );
}
