import { useFormat, useMessages } from "../../i18n/language.ts";
import { Button } from "../../ui/button/Button.tsx";
import { TextField } from "../../ui/field/TextField.tsx";
import { Facts } from "../../entity/Facts.tsx";
import { Card } from "../../ui/card/Card.tsx";
import { PlainTable } from "../../ui/plain-table/PlainTable.tsx";
import css from "./MaterialPage.module.css";
import { cellText, profileOf } from "./profile.ts";
import type { TableView as Table } from "./queries.ts";

const columnsShown = 40;

interface TableViewProps {
  label: string;
  table: Table;
  /** Columns whose name holds this. */
  find: string | undefined;
  /** The column that is looked into. */
  column: string | undefined;
  onChange: (next: { find?: string | undefined; column?: string | undefined }, typing: boolean) => void;
}

const isNumeric = (type: string) => type === "integer" || type === "number";

/** The first rows of a table. A value is text, whatever it looks like: a formula, a tag, an address. */
export function TableView({ label, table, find, column, onChange }: TableViewProps) {
  const m = useMessages();
  const words = m.materials.preview;
  const f = useFormat();
  const all = table.columns.map((each, index) => ({ ...each, index }));
  const wanted = find?.toLowerCase();
  const matching = wanted === undefined ? all : all.filter(({ name }) => name.toLowerCase().includes(wanted));
  const shown = matching.slice(0, columnsShown);
  const looked = all.find(({ name }) => name === column);
  const total = table.total === undefined ? undefined : f.number(table.total);
  return (
    <div className={css.stack}>
      <div className={css.tools}>
        <TextField
          type="search"
          label={words.findColumn}
          value={find ?? ""}
          onChange={(text) => onChange({ find: text === "" ? undefined : text, column }, true)}
        />
        <p className={css.quiet} role="status">
          {[
            table.truncated ? words.someRows(table.rows.length, total) : words.allRows(table.rows.length),
            shown.length < all.length
              ? words.someColumns(shown.length, f.number(all.length))
              : words.allColumns(all.length),
          ].join(" · ")}
        </p>
      </div>
      {looked !== undefined && (
        <ColumnProfile
          name={looked.name}
          type={looked.type}
          values={table.rows.map((row) => row[looked.index])}
          onClose={() => onChange({ find }, false)}
        />
      )}
      <PlainTable label={label} lines="one" framed limited>
        <thead>
          <tr>
            {shown.map(({ name, type, index }) => (
              <th key={index} scope="col" data-end={isNumeric(type) || undefined}>
                <button
                  type="button"
                  className={css.column}
                  aria-pressed={name === column}
                  title={words.lookInto}
                  onClick={() => onChange({ find, column: name === column ? undefined : name }, false)}
                >
                  <span>{name}</span>
                  <span className={css.type}>{type}</span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, at) => (
            // Rows of a table have no other name than their place.
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={at}>
              {shown.map(({ type, index }) => {
                const text = cellText(row[index]);
                return (
                  <td
                    key={index}
                    data-end={isNumeric(type) || undefined}
                    title={text.length > 40 ? text.slice(0, 2000) : undefined}
                  >
                    {text.slice(0, 500)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </div>
  );
}

interface ColumnProfileProps {
  name: string;
  type: string;
  values: readonly unknown[];
  onClose: () => void;
}

/** What the values of a column look like, of the rows that are shown. */
function ColumnProfile({ name, type, values, onClose }: ColumnProfileProps) {
  const m = useMessages();
  const words = m.materials.preview;
  const f = useFormat();
  const profile = profileOf(values, type);
  // As the cells have them; what is computed of them without the dust of the computation.
  const asData = (value: number | undefined) => (value === undefined ? undefined : String(value));
  const computed = (value: number | undefined) =>
    value === undefined
      ? undefined
      : asData(Math.abs(value) < 1e12 ? Number(value.toPrecision(12)) : Math.round(value));
  return (
    <Card title={words.profileOf(name)}>
      <Facts
        facts={[
          [words.type, type],
          [words.empty, words.share(f.number(profile.empty), f.number(profile.rows))],
          [words.distinct, f.number(profile.distinct)],
          [words.least, asData(profile.least)],
          [words.most, asData(profile.most)],
          [words.mean, computed(profile.mean)],
          [
            words.top,
            profile.top.map(([value, count]) => `${value.slice(0, 60)} (${f.number(count)}×)`).join(" · ") || undefined,
          ],
        ]}
      />
      <div>
        <Button size="small" onClick={onClose}>
          {m.ui.close}
        </Button>
      </div>
    </Card>
  );
}
