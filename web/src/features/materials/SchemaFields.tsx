import { useMessages } from "../../i18n/language.ts";
import { PlainTable } from "../../ui/plain-table/PlainTable.tsx";
import css from "./MaterialPage.module.css";
import type { FieldChange } from "./schema.ts";

interface SchemaFieldsProps {
  label: string;
  changes: readonly FieldChange[];
  /** Whether what changed since another version is said. */
  compared: boolean;
}

/** The columns of a table, each with what became of it. */
export function SchemaFields({ label, changes, compared }: SchemaFieldsProps) {
  const m = useMessages();
  const words = m.materials.schema;
  return (
    <PlainTable label={label} lines="one" framed limited stacked>
      <thead>
        <tr>
          <th scope="col">{words.column}</th>
          <th scope="col">{words.type}</th>
          {compared && <th scope="col">{words.change}</th>}
          <th scope="col">{words.description}</th>
          <th scope="col">{words.constraints}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, change, before }) => (
          <tr key={`${field.name} ${change}`}>
            <td>{field.name}</td>
            <td>{field.format === undefined ? field.type : `${field.type} (${field.format})`}</td>
            {compared && (
              <td>
                {change !== "same" && (
                  <span className={css.change} data-change={change}>
                    {change === "retyped" ? words.retyped(before ?? "", field.type) : words.changes[change]}
                  </span>
                )}
              </td>
            )}
            <td data-wrap>{[field.title, field.description].filter((part) => part !== undefined).join(": ")}</td>
            <td data-wrap>{field.constraints}</td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}
