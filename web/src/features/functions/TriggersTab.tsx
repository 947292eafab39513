import { useInfiniteQuery } from "@tanstack/react-query";
import { ButtonLink } from "../../entity/links.tsx";
import { useRows } from "../../entity/use-rows.ts";
import { useMessages } from "../../i18n/language.ts";
import { EmptyState } from "../../ui/state/EmptyState.tsx";
import { ListView } from "../../ui/state/ListView.tsx";
import { triggers } from "../triggers/queries.ts";
import { TriggersTable } from "../triggers/shared/TriggersTable.tsx";
import css from "./FunctionPage.module.css";
import type { FunctionDoc } from "./queries.ts";

interface TriggersTabProps {
  project: string;
  doc: FunctionDoc;
  isLatest: boolean;
  /** What its kind does when nothing else is said. */
  action: string | undefined;
}

/** The triggers that run a function, whichever of its versions. */
export function TriggersTab({ project, doc, isLatest, action }: TriggersTabProps) {
  const m = useMessages();
  const query = useInfiniteQuery(triggers.list(project, { function: doc.name }));
  const { rows, total, onEnd } = useRows(query);
  const create = (
    <ButtonLink
      to="/p/$project/new/trigger"
      params={{ project }}
      search={{ function: doc.name, ...(action !== undefined && { action }), ...(!isLatest && { v: doc.id }) }}
    >
      {m.functions.createTrigger}
    </ButtonLink>
  );
  return (
    <div className={css.stack}>
      {rows.length > 0 && <div className={css.buttons}>{create}</div>}
      <ListView
        state={query}
        what={m.triggers.noun.other}
        count={rows.length}
        filtered={false}
        onClearFilters={() => {}}
        empty={<EmptyState title={m.functions.noTriggers} help={m.functions.noTriggersHelp} action={create} />}
      >
        <TriggersTable project={project} label={m.functions.triggers} rows={rows} total={total} onEnd={onEnd} />
      </ListView>
    </div>
  );
}
