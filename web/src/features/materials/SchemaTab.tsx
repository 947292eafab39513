import { useQuery } from "@tanstack/react-query";
import { versionName } from "../../entity/version.ts";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { Callout } from "../../ui/callout/Callout.tsx";
import { SelectField } from "../../ui/field/SelectField.tsx";
import { TextField } from "../../ui/field/TextField.tsx";
import { EmptyState } from "../../ui/state/EmptyState.tsx";
import { ListView } from "../../ui/state/ListView.tsx";
import { settled } from "../../ui/state/settled.ts";
import { isThere, type MaterialDoc, rowsOf } from "./material.ts";
import css from "./MaterialPage.module.css";
import { stored } from "./queries.ts";
import { compareFields, countChanges, type FieldChange, fieldsFound, fieldsOf } from "./schema.ts";
import type { TabProps } from "./tab-props.ts";

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
        {/* A region that scrolls must be reachable by keyboard. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <div className={css.scroll} role="region" aria-label={words.columnsOf(doc.name)} tabIndex={0}>
          <Fields label={words.columnsOf(doc.name)} changes={shown} compared={compared} />
        </div>
      </ListView>
    </div>
  );
}

function Fields({ label, changes, compared }: { label: string; changes: readonly FieldChange[]; compared: boolean }) {
  const m = useMessages();
  const words = m.materials.schema;
  return (
    <table className={css.table} aria-label={label}>
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
    </table>
  );
}

/** The columns of a version: those it tells, else those that a look into its file finds. */
function useColumns(project: string, material: TabProps["material"], doc: MaterialDoc | undefined) {
  const told = doc === undefined ? undefined : fieldsOf(doc);
  const look = useQuery({
    ...stored.preview(project, material, doc?.id ?? "", ""),
    enabled: doc !== undefined && told === undefined && isThere(doc),
  });
  const state = told === undefined && doc !== undefined && isThere(doc) ? look : settled;
  const seen = told === undefined ? fieldsFound(look.data?.table?.columns) : undefined;
  return { fields: told ?? seen, found: seen !== undefined, state };
}

type Words = ReturnType<typeof useMessages>["materials"]["schema"];

function difference(changes: readonly FieldChange[], words: Words): string {
  const { added, removed, retyped } = countChanges(changes);
  const said = [
    ...(added > 0 ? [words.added(added)] : []),
    ...(removed > 0 ? [words.removed(removed)] : []),
    ...(retyped > 0 ? [words.changed(retyped)] : []),
  ];
  return said.length === 0 ? words.same : said.join(", ");
}

function rowsBy(
  now: number | undefined,
  before: number | undefined,
  number: (value: number) => string,
  words: Words,
): string | undefined {
  if (now === undefined || before === undefined || now === before) return undefined;
  return words.rows(`${now > before ? "+" : "−"}${number(Math.abs(now - before))}`);
}
