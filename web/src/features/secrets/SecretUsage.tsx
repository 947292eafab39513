import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMessages } from "../../i18n/language.ts";
import { ListView } from "../../ui/state/ListView.tsx";
import { StatusBadge } from "../../ui/status/StatusBadge.tsx";
import { TimeAgo } from "../../ui/time/TimeAgo.tsx";
import { secrets } from "./queries.ts";
import css from "./Secrets.module.css";

/** What a secret is given to: tasks of functions, triggers, and those of the newest runs that had it. */
export function SecretUsage({ project, id }: { project: string; id: string }) {
  const m = useMessages();
  const query = useQuery(secrets.usage(project, id));
  const usage = query.data;
  const count = usage === undefined ? 0 : usage.tasks.length + usage.triggers.length + usage.runs.length;
  return (
    <>
      <ListView
        state={query}
        what={m.secrets.usageWord}
        count={count}
        filtered={false}
        onClearFilters={() => {}}
        empty={<p className={css.help}>{m.secrets.unused}</p>}
      >
        <ul className={css.usage} aria-label={m.secrets.usedBy}>
          {usage?.tasks.map((task) => (
            <li key={task.id}>
              <span className={css.what}>{m.secrets.task(task.kind)}</span>
              {task.function === undefined ? (
                <code>{task.id}</code>
              ) : (
                <Link
                  to="/p/$project/functions/$name"
                  params={{ project, name: task.function }}
                  search={task.version === undefined ? {} : { v: task.version }}
                >
                  {task.function}
                </Link>
              )}
            </li>
          ))}
          {usage?.triggers.map((trigger) => (
            <li key={trigger.id}>
              <span className={css.what}>{m.secrets.trigger}</span>
              <Link to="/p/$project/triggers/$id" params={{ project, id: trigger.id }}>
                {trigger.name}
              </Link>
            </li>
          ))}
          {usage?.runs.map((run) => (
            <li key={run.id}>
              <span className={css.what}>{m.secrets.run}</span>
              <Link
                to="/p/$project/runs/$id/{-$tab}"
                params={{ project, id: run.id, tab: undefined }}
                className={css.runName}
              >
                {run.function === undefined ? run.name : `${run.function} · ${run.name}`}
              </Link>
              <StatusBadge state={run.state} entity="run" compact />
              <TimeAgo at={run.created} short />
            </li>
          ))}
        </ul>
      </ListView>
      {usage !== undefined && usage.examined > 0 && <p className={css.help}>{m.secrets.examined(usage.examined)}</p>}
    </>
  );
}
