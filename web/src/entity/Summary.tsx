import type { ReactNode } from "react";
import type { Schema } from "../api/client.ts";
import { useMessages } from "../i18n/language.ts";
import { Card } from "../ui/card/Card.tsx";
import { Key } from "../ui/key/Key.tsx";
import { LabelList } from "../ui/labels/LabelList.tsx";
import { TimeAgo } from "../ui/time/TimeAgo.tsx";
import { Facts } from "./Facts.tsx";
import { type Version, versionName } from "./version.ts";

/** What the summary of a version tells of any entity. */
export interface SummedUp extends Version {
  key: string;
  metadata: Schema<"Metadata">;
}

interface SummaryProps {
  doc: SummedUp;
  kindTitle: string;
  state: ReactNode;
  /** What else this type of entity tells, after its state. */
  facts?: readonly (readonly [name: string, value: ReactNode])[];
}

/** What a version is, who made it, and how it is referred to. */
export function Summary({ doc, kindTitle, state, facts }: SummaryProps) {
  const m = useMessages();
  const { metadata } = doc;
  const labels = metadata.labels ?? [];
  return (
    <Card label={m.functions.summary}>
      <Facts
        facts={[
          [m.functions.description, metadata.description],
          [m.functions.kind, kindTitle],
          [m.functions.version, versionName(doc)],
          [m.functions.key, <Key key="key" value={doc.key} what={m.functions.key} />],
          [m.functions.id, <Key key="id" value={doc.id} what={m.functions.id} />],
          [m.functions.state, state],
          ...(facts ?? []),
          [m.functions.labels, labels.length === 0 ? undefined : <LabelList key="labels" labels={labels} />],
          [m.functions.created, <TimeAgo key="created" at={metadata.created} />],
          [m.functions.createdBy, metadata.created_by],
          [m.functions.updated, <TimeAgo key="updated" at={metadata.updated} />],
          [m.functions.updatedBy, metadata.updated_by],
        ]}
      />
    </Card>
  );
}
