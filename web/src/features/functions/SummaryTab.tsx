import { Summary } from "../../entity/Summary.tsx";
import { StatusBadge } from "../../ui/status/StatusBadge.tsx";
import type { FunctionDoc } from "./queries.ts";

/** What a version of a function is. */
export function SummaryTab({ doc, kindTitle }: { doc: FunctionDoc; kindTitle: string }) {
  return <Summary doc={doc} kindTitle={kindTitle} state={<StatusBadge state={doc.status.state} entity="other" />} />;
}
