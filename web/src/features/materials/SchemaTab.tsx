import { versionName } from "../../entity/version.ts";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { Callout } from "../../ui/callout/Callout.tsx";
import { SelectField } from "../../ui/field/SelectField.tsx";
import { TextField } from "../../ui/field/TextField.tsx";
import { EmptyState } from "../../ui/state/EmptyState.tsx";
import { ListView } from "../../ui/state/ListView.tsx";
import { rowsOf } from "./material.ts";
import css from "./MaterialPage.module.css";
import { difference, rowsBy } from "./schema-words.ts";
import { compareFields } from "./schema.ts";
import { SchemaFields } from "./SchemaFields.tsx";
import type { TabProps } from "./tab-props.ts";
import { useColumns } from "./use-columns.ts";

/** The columns of a table, as its version says or as the file shows, and what changed since another version. */
export function SchemaTab({ project, material, doc, versions, search, onSearch }: TabProps) {
  const m = useMessages();
  const words = m.materials.schema;
  const f = useFormat();
  const others = versions.filter((version) => version.id !== doc.id);
  const place = versions.findIndex((version) => version.id === doc.id);
  const chosen = search.with?.[0];
  const base = chosen === "none" ? undefined : (others.find((version) => version.id === chosen) ?? versions[place + 1]);
  const now = useColumns(project, material, doc);
  const before = useColumns(project, material, base);
  const changes = now.fields && compareFields((base && before.fields) ?? now.fields, now.fields);
  const find = search.find?.toLowerCase();
  const shown = (changes ?? []).filter(({ field }) => find === undefined || field.name.toLowerCase().includes(find));
  const compared = base !== undefined && before.fields !== undefined;
  const { find: _, with: _with, ...rest } = search;
  return (
    <div className={css.stack}>
      <div className={css.tools}>
        <TextField
          type="search"
          label={m.materials.preview.findColumn}
          value={search.find ?? ""}
          onChange={(text) =>
            onSearch({ ...rest, ...(search.with && { with: search.with }), ...(text !== "" && { find: text }) }, true)
          }
        />
        {others.length > 0 && (
          <SelectField
            label={words.comparedWith}
            value={base?.id ?? "none"}
            options={[
              { value: "none", label: m.ui.none },
              ...others.map((version) => ({ value: version.id, label: versionName(version) })),
            ]}
            onChange={(value) => onSearch({ ...rest, ...(search.find && { find: search.find }), with: [value] })}
          />
        )}
        {compared && changes !== undefined && (
          <p className={css.quiet} role="status">
            {[difference(changes, words), rowsBy(rowsOf(doc), rowsOf(base), f.number, words)]
              .filter((part) => part !== undefined)
              .join(" · ")}
          </p>
        )}
      </div>
      {now.found && <Callout tone="info">{words.found}</Callout>}
      <ListView
        state={now.state}
        what={words.what}
        count={shown.length}
        filtered={find !== undefined}
        onClearFilters={() => onSearch(rest)}
        empty={<EmptyState title={words.nothing} help={words.nothingHelp} />}
      >
        <SchemaFields label={words.columnsOf(doc.name)} changes={shown} compared={compared} />
      </ListView>
    </div>
  );
}
