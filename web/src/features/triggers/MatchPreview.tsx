import { useQuery } from "@tanstack/react-query";
import { errorText } from "../../api/error.ts";
import { useMessages } from "../../i18n/language.ts";
import { StatusBadge } from "../../ui/status/StatusBadge.tsx";
import { triggers } from "./queries.ts";
import css from "./Triggers.module.css";

/** What a pattern means among what is stored by now. It follows the project's changes. */
export function MatchPreview({ project, pattern }: { project: string; pattern: string }) {
  const m = useMessages();
  const t = m.triggers.pattern;
  const { data, error } = useQuery(triggers.matches(project, pattern));
  if (error !== null) return <p className={css.problem}>{errorText(error)}</p>;
  if (data === undefined) return <p className={css.quiet}>{m.ui.loading}</p>;
  return (
    <div className={css.matches}>
      <p role="status">{data.total === 0 ? t.noMatch : t.matches(data.total, data.examined)}</p>
      {data.items.length > 0 && (
        <ul aria-label={t.matching}>
          {data.items.map((item) => (
            <li key={item.key}>
              <span className={css.matchName}>{item.name}</span>
              <span className={css.quiet}>{item.kind}</span>
              <StatusBadge state={item.state} entity={item.entity === "run" ? "run" : "material"} />
              <span className={css.quiet} title={item.key}>
                {m.functions.id} <code>{item.id.slice(0, 8)}</code>
              </span>
            </li>
          ))}
        </ul>
      )}
      {data.total > data.items.length && <p className={css.quiet}>{t.moreMatches(data.total - data.items.length)}</p>}
    </div>
  );
}
