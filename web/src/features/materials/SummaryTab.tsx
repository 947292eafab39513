import { useQuery } from "@tanstack/react-query";
import { Fragment, type ReactNode } from "react";
import { NodeLink } from "../../entity/lineage/NodeLink.tsx";
import { relationsOf } from "../../entity/lineage/queries.ts";
import { relatedTo } from "../../entity/lineage/relations.ts";
import { Summary } from "../../entity/Summary.tsx";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { Callout } from "../../ui/callout/Callout.tsx";
import { Key } from "../../ui/key/Key.tsx";
import { StatusBadge } from "../../ui/status/StatusBadge.tsx";
import { entityOf, rowsOf, sizeOf, specText } from "./material.ts";
import css from "./MaterialPage.module.css";
import { fieldsOf } from "./schema.ts";
import type { TabProps } from "./tab-props.ts";

/** What a version is, how large, where it lies, what made it and what reads it. */
export function SummaryTab({ project, material, doc, kindTitle }: TabProps & { kindTitle: string }) {
  const m = useMessages();
  const words = m.materials;
  const f = useFormat();
  const { data: lineage } = useQuery(relationsOf(project, entityOf(material), doc));
  const related = lineage === undefined ? [] : relatedTo(lineage);
  const linksOf = (direction: "up" | "down"): ReactNode => {
    const those = related.filter((each) => each.direction === direction);
    if (those.length === 0) return undefined;
    return those.map(({ node }, index) => (
      <Fragment key={node.key}>
        {index > 0 && ", "}
        <NodeLink node={node} />
      </Fragment>
    ));
  };
  const size = sizeOf(doc);
  const rows = rowsOf(doc);
  const path = specText(doc, "path");
  const message = doc.status.message;
  return (
    <div className={css.stack}>
      {doc.status.state === "ERROR" && message !== undefined && message !== "" && (
        <Callout tone="error" title={words.failed}>
          {message}
        </Callout>
      )}
      <Summary
        doc={doc}
        kindTitle={kindTitle}
        state={<StatusBadge state={doc.status.state} entity="material" />}
        facts={[
          [words.path, path === undefined ? undefined : <Key key="path" value={path} what={words.pathWord} />],
          [words.size, size === undefined ? undefined : words.sizeOf(f.bytes(size.bytes), size.files)],
          [words.rows, rows === undefined ? undefined : f.number(rows)],
          [words.columns, fieldsOf(doc)?.length],
          [words.framework, specText(doc, "framework")],
          [words.algorithm, specText(doc, "algorithm")],
          [words.producer, linksOf("up")],
          [words.readBy, linksOf("down")],
        ]}
      />
    </div>
  );
}
