import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMessages } from "../../i18n/language.ts";
import { StatusBadge } from "../../ui/status/StatusBadge.tsx";
import { TimeAgo } from "../../ui/time/TimeAgo.tsx";
import { runs } from "../runs/queries.ts";
import css from "./FunctionPage.module.css";
import { historyShown } from "./queries.ts";

interface LastRunProps {
  project: string;
  name: string;
  /** Whether the runs may be asked for; what is known already is shown in any case. */
  asks: boolean;
}

/** What became of the newest run of a function, whichever version it ran. */
export function LastRun({ project, name, asks }: LastRunProps) {
  const m = useMessages();
  const { data } = useQuery({ ...runs.newestOf(project, { name }, historyShown), enabled: asks });
  const newest = data?.content[0];
  if (newest === undefined) return null;
  return (
    <span className={css.last}>
      {m.functions.lastRunWas}
      <Link to="/p/$project/runs/$id/{-$tab}" params={{ project, id: newest.id, tab: undefined }}>
        <StatusBadge state={newest.status.state} entity="run" />
      </Link>
      <TimeAgo at={newest.metadata.created} />
    </span>
  );
}
