import type { ReactNode } from "react";
import { useMessages } from "../../i18n/language.ts";
import { LabelList } from "../../ui/labels/LabelList.tsx";
import { TimeAgo } from "../../ui/time/TimeAgo.tsx";
import css from "./FunctionPage.module.css";
import type { FunctionDoc } from "./queries.ts";

/** What a version is for, how the function fares, its labels, and who changed it last. */
export function About({ doc, lastRun }: { doc: FunctionDoc; lastRun: ReactNode }) {
  const m = useMessages();
  const { description = "", labels = [], updated, updated_by: by } = doc.metadata;
  return (
    <div className={css.about}>
      {description !== "" && <p>{description}</p>}
      {lastRun}
      {labels.length > 0 && <LabelList labels={labels} />}
      <span className={css.changed}>
        {by !== "" && m.functions.byWhom(by)} <TimeAgo at={updated} />
      </span>
    </div>
  );
}
