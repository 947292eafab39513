import { useQuery } from "@tanstack/react-query";
import { Summary } from "../../entity/Summary.tsx";
import { StatusBadge } from "../../ui/status/StatusBadge.tsx";
import { runs } from "../runs/queries.ts";
import css from "./FunctionPage.module.css";
import { type FunctionDoc, historyShown } from "./queries.ts";
import { RecentRuns } from "./RecentRuns.tsx";

interface SummaryTabProps {
  project: string;
  doc: FunctionDoc;
  kindTitle: string;
}

/** How a function fares, what the version shown is, and how it is referred to. */
export function SummaryTab({ project, doc, kindTitle }: SummaryTabProps) {
  const query = useQuery(runs.newestOf(project, { name: doc.name }, historyShown));
  return (
    <div className={css.stack}>
      <RecentRuns project={project} doc={doc} query={query} />
      <Summary doc={doc} kindTitle={kindTitle} state={<StatusBadge state={doc.status.state} entity="other" />} />
    </div>
  );
}
