import { useMessages } from "../../i18n/language.ts";
import { versionName } from "../../entity/version.ts";
import { Key } from "../../ui/key/Key.tsx";
import { LabelList } from "../../ui/labels/LabelList.tsx";
import { TimeAgo } from "../../ui/time/TimeAgo.tsx";
import { Facts } from "./Facts.tsx";
import css from "./FunctionPage.module.css";
import type { FunctionDoc } from "./queries.ts";

/** What a version is, who made it, and how it is referred to. */
export function SummaryTab({ doc, kindTitle }: { doc: FunctionDoc; kindTitle: string }) {
  const m = useMessages();
  const { metadata } = doc;
  return (
    <section className={css.card} aria-label={m.functions.summary}>
      <Facts
        facts={[
          [m.functions.description, metadata.description],
          [m.functions.kind, kindTitle],
          [m.functions.version, versionName(doc)],
          [m.functions.key, <Key key="key" value={doc.key} what={m.functions.key} />],
          [m.functions.id, <Key key="id" value={doc.id} what={m.functions.id} />],
          [m.functions.state, doc.status.state],
          [
            m.functions.labels,
            (metadata.labels ?? []).length === 0 ? undefined : (
              <LabelList key="labels" labels={metadata.labels ?? []} />
            ),
          ],
          [m.functions.created, <TimeAgo key="created" at={metadata.created} />],
          [m.functions.createdBy, metadata.created_by],
          [m.functions.updated, <TimeAgo key="updated" at={metadata.updated} />],
          [m.functions.by, metadata.updated_by],
        ]}
      />
    </section>
  );
}
