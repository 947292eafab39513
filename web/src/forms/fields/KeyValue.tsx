import { Plus, X } from "lucide-react";
import { useRef, useState } from "react";
import { useMessages } from "../../i18n/language.ts";
import { equal, type Json } from "../../lib/json.ts";
import { Button } from "../../ui/button/Button.tsx";
import { IconButton } from "../../ui/button/IconButton.tsx";
import controlCss from "../Control.module.css";
import fieldCss from "../Field.module.css";
import rowsCss from "./Rows.module.css";
import { focusRow } from "../focus.ts";
import { useForm, type WidgetProps } from "../form-context.ts";
import { hintOf } from "../hints.ts";
import {
  asText,
  isPlainRow,
  type Pair,
  pairShape,
  pairValue,
  type PairShape,
  readPairs,
  writePairs,
} from "../pairs.ts";
import { child } from "../value.ts";

interface Row extends Pair {
  id: string;
}

let made = 0;

function rowsOf(value: Json | undefined, shape: PairShape): Row[] {
  return readPairs(value, shape).map((pair, i) => ({ ...pair, id: `r${i}` }));
}

/** The rows for a value: those at hand where it has the same names, so that typing in a row keeps its box. */
function follow(kept: Row[], value: Json | undefined, shape: PairShape): Row[] {
  if (equal(writePairs(kept, shape), value ?? undefined)) return kept;
  const pairs = readPairs(value, shape);
  const named = kept.filter((row) => row.key !== "");
  const same = named.length === pairs.length && named.every((row, i) => row.key === pairs[i]?.key);
  if (!same) return rowsOf(value, shape);
  return kept.map((row) => (row.key === "" ? row : { ...row, value: pairs[named.indexOf(row)]?.value }));
}

/**
 * Names with values: an object's members, or a list of objects with name and value. A row without a name is
 * kept while it is typed and not sent; a name that is there twice is said so.
 */
export function KeyValue(props: WidgetProps) {
  const { field, value, pointer, id, label, readOnly } = props;
  const words = useMessages().forms;
  const { Field } = useForm();
  const shape = pairShape(field, value);
  const [kept, keep] = useState<Row[]>(() => rowsOf(value, shape));
  // Rows are only what is typed here; a value that came from elsewhere replaces them.
  const rows = follow(kept, value, shape);
  const table = useRef<HTMLDivElement>(null);
  const item = pairValue(field, shape);
  const change = (next: Row[]): void => {
    keep(next);
    props.onChange(writePairs(next, shape));
  };
  const add = (): void => {
    keep([...rows, { id: `n${++made}`, key: "", value: undefined }]);
    // The new row is drawn when this is done.
    setTimeout(() => {
      const drawn = table.current?.querySelectorAll<HTMLElement>(":scope > [data-row]");
      drawn?.[rows.length]?.querySelector<HTMLElement>("input")?.focus();
    });
  };
  const plain = isPlainRow(item, props.hints.items());
  return (
    <div ref={table} className={rowsCss.rows}>
      {rows.map((row, i) => {
        // In a list the form's own rules see it; an object could not hold it.
        const twice =
          shape.as === "object" && row.key !== "" && rows.some((other, j) => j < i && other.key === row.key);
        const set = (part: Partial<Pair>): void => change(rows.with(i, { ...row, ...part }));
        const at = shape.as === "list" ? child(child(pointer, i), shape.value) : child(pointer, row.key);
        const name = row.key === "" ? String(i + 1) : row.key;
        return (
          <div key={row.id} className={rowsCss.row} data-row>
            <div className={rowsCss.rowKey}>
              <input
                id={i === 0 ? `${id}--first` : undefined}
                className={controlCss.input}
                aria-label={words.nameOf(label, i + 1)}
                aria-invalid={twice || undefined}
                aria-describedby={twice ? `${id}--twice-${i}` : props.described}
                placeholder={words.name}
                readOnly={readOnly}
                spellCheck={false}
                autoComplete="off"
                value={row.key}
                onBlur={props.onBlur}
                onChange={(event) => set({ key: event.target.value })}
              />
              {twice && (
                <p id={`${id}--twice-${i}`} className={fieldCss.error}>
                  {words.rules.unique(row.key)}
                </p>
              )}
            </div>
            <div className={rowsCss.rowValue}>
              {plain ? (
                <input
                  className={controlCss.input}
                  aria-label={words.valueOf(label, name)}
                  placeholder={words.value}
                  readOnly={readOnly}
                  spellCheck={false}
                  autoComplete="off"
                  value={asText(row.value)}
                  onBlur={props.onBlur}
                  onChange={(event) => set({ value: event.target.value })}
                />
              ) : row.key === "" || twice ? (
                <span className={fieldCss.help}>{words.name}…</span>
              ) : (
                <Field
                  field={item ?? field}
                  hint={item === undefined ? {} : hintOf(item, props.hints.items())}
                  hints={props.hints.items()}
                  pointer={at}
                  label={words.valueOf(label, name)}
                  item
                  bare
                />
              )}
            </div>
            {!readOnly && (
              <IconButton
                label={words.remove(row.key === "" ? words.itemOf(label, i + 1) : row.key)}
                icon={<X />}
                size="small"
                onClick={() => {
                  change(rows.toSpliced(i, 1));
                  focusRow(table.current, i);
                }}
              />
            )}
          </div>
        );
      })}
      {rows.length === 0 && readOnly && <p className={fieldCss.help}>{words.noneYet}</p>}
      {!readOnly && (
        <div>
          <Button size="small" icon={<Plus />} aria-label={words.add(label)} onClick={add}>
            {words.addRow}
          </Button>
        </div>
      )}
    </div>
  );
}
