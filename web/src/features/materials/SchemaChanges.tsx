import { useFormat, useMessages } from "../../i18n/language.ts";
import { Card } from "../../ui/card/Card.tsx";
import type { Material, MaterialDoc } from "./material.ts";
import { rowsOf } from "./material.ts";
import css from "./MaterialPage.module.css";
import { difference, rowsBy } from "./schema-words.ts";
import { compareFields } from "./schema.ts";
import { SchemaFields } from "./SchemaFields.tsx";
import { useColumns } from "./use-columns.ts";

interface SchemaChangesProps {
  project: string;
  material: Material;
  before: MaterialDoc;
  after: MaterialDoc;
}

/** The columns that came, went or changed their type between two versions. */
export function SchemaChanges({ project, material, before, after }: SchemaChangesProps) {
  const m = useMessages();
  const f = useFormat();
  const words = m.materials.schema;
  const old = useColumns(project, material, before);
  const now = useColumns(project, material, after);
  if (old.fields === undefined || now.fields === undefined) {
    return (
      <Card title={m.materials.tabs.schema}>
        <p className={css.quiet}>{words.nothing}</p>
      </Card>
    );
  }
  const changes = compareFields(old.fields, now.fields);
  const changed = changes.filter(({ change }) => change !== "same");
  return (
    <Card title={m.materials.tabs.schema}>
      <p className={css.quiet}>
        {[difference(changes, words), rowsBy(rowsOf(after), rowsOf(before), f.number, words)]
          .filter((part) => part !== undefined)
          .join(" · ")}
      </p>
      {changed.length > 0 && <SchemaFields label={m.materials.compare.columns} changes={changed} compared />}
    </Card>
  );
}
