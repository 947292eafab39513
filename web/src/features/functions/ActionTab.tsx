import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ButtonLink } from "../../entity/links.tsx";
import { useMessages } from "../../i18n/language.ts";
import { EmptyState } from "../../ui/state/EmptyState.tsx";
import { ListView } from "../../ui/state/ListView.tsx";
import { StatusBadge } from "../../ui/status/StatusBadge.tsx";
import { TimeAgo } from "../../ui/time/TimeAgo.tsx";
import { actionLabel } from "./action-label.ts";
import css from "./FunctionPage.module.css";
import { Defaults } from "./Defaults.tsx";
import { type FunctionDoc, functions } from "./queries.ts";

interface ActionTabProps {
  project: string;
  doc: FunctionDoc;
  action: string;
}

/** The newest runs of a function by one of its actions. */
export function ActionTab({ project, doc, action }: ActionTabProps) {
  const { name, kind } = doc;
  const m = useMessages();
  const label = actionLabel(m, action);
  const query = useQuery(functions.runs(project, name, kind, action));
  const runs = query.data?.content ?? [];
  const total = query.data?.totalElements ?? 0;
  return (
    <div className={css.stack}>
      <div className={css.buttons}>
        <ButtonLink to="/p/$project/functions/$name/run" params={{ project, name }} search={{ action }}>
          {m.functions.createRun}
        </ButtonLink>
        <ButtonLink to="/p/$project/new/trigger" params={{ project }} search={{ function: name, action }}>
          {m.functions.createTrigger}
        </ButtonLink>
      </div>
      <Defaults project={project} doc={doc} action={action} />
      <ListView
        state={query}
        what={m.functions.runNoun.other}
        count={runs.length}
        filtered={false}
        onClearFilters={() => {}}
        empty={<EmptyState title={m.functions.noRunsYet(label)} help={m.functions.noRunsHelp} />}
      >
        <div className={css.stack}>
          <table className={css.table} aria-label={m.functions.runsBy(label)}>
            <thead>
              <tr>
                <th scope="col">{m.functions.run}</th>
                <th scope="col">{m.functions.state}</th>
                <th scope="col">{m.functions.created}</th>
                <th scope="col">{m.functions.by}</th>
              </tr>
            </thead>
            <tbody>
              {runs.map((run) => (
                <tr key={run.id}>
                  <td>
                    <Link to="/p/$project/runs/$id/{-$tab}" params={{ project, id: run.id, tab: undefined }}>
                      {run.name}
                    </Link>
                  </td>
                  <td>
                    <StatusBadge state={run.status?.state ?? ""} entity="run" />
                  </td>
                  <td>{run.metadata?.created !== undefined && <TimeAgo at={run.metadata.created} />}</td>
                  <td>{run.user}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {total > runs.length && (
            <p className={css.quiet}>
              {m.functions.newestRuns(runs.length, total)}{" "}
              <Link to="/p/$project/runs" params={{ project }} search={{ function: name }}>
                {m.functions.allRuns}
              </Link>
            </p>
          )}
        </div>
      </ListView>
    </div>
  );
}
