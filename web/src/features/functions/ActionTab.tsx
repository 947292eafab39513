import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ButtonLink } from "../../entity/links.tsx";
import { useMessages } from "../../i18n/language.ts";
import { EmptyState } from "../../ui/state/EmptyState.tsx";
import { ListView } from "../../ui/state/ListView.tsx";
import { runs } from "../runs/queries.ts";
import { RunsTable } from "../runs/shared/RunsTable.tsx";
import { actionLabel } from "./action-label.ts";
import { Defaults } from "./Defaults.tsx";
import css from "./FunctionPage.module.css";
import type { FunctionDoc } from "./queries.ts";

interface ActionTabProps {
  project: string;
  doc: FunctionDoc;
  action: string;
}

const runsShown = 20;

/** What runs by one action of a function begin with, and the newest of them. */
export function ActionTab({ project, doc, action }: ActionTabProps) {
  const { name } = doc;
  const m = useMessages();
  const label = actionLabel(m, action);
  const query = useQuery(runs.newestOf(project, { name, action }, runsShown));
  const rows = query.data?.content ?? [];
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
        count={rows.length}
        filtered={false}
        onClearFilters={() => {}}
        empty={<EmptyState title={m.functions.noRunsYet(label)} help={m.functions.noRunsHelp} />}
      >
        <div className={css.stack}>
          <RunsTable project={project} label={m.functions.runsBy(label)} rows={rows} />
          {total > rows.length && (
            <p className={css.quiet}>
              {m.functions.newestRuns(rows.length, total)}{" "}
              <Link to="/p/$project/runs" params={{ project }} search={{ function: name, action }}>
                {m.functions.allRuns}
              </Link>
            </p>
          )}
        </div>
      </ListView>
    </div>
  );
}
