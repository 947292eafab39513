import { ArrowDown, ArrowUp, Plus, X } from "lucide-react";
import { useRef } from "react";
import { useMessages } from "../../i18n/language.ts";
import { isObject, type Json } from "../../lib/json.ts";
import { Button } from "../../ui/button/Button.tsx";
import { IconButton } from "../../ui/button/IconButton.tsx";
import type { Field } from "../field.ts";
import fieldCss from "../Field.module.css";
import rowsCss from "./Rows.module.css";
import { focusRow } from "../focus.ts";
import { useForm, type WidgetProps } from "../form-context.ts";
import { hintOf } from "../hints.ts";
import { child } from "../value.ts";

/** What a new item holds before anything is typed. */
function blank(item: Field): Json {
  switch (item.type) {
    case "object":
    case "map":
      return {};
    case "list":
      return [];
    case "text":
      return "";
    case "number":
    case "boolean":
    case "choice":
    case "union":
    case "any":
    case "island":
      return null;
  }
}

/** A list of anything: items can be added, moved and taken out. */
export function List(props: WidgetProps) {
  const { field, value, pointer, label, readOnly } = props;
  const words = useMessages().forms;
  const { Field } = useForm();
  const box = useRef<HTMLDivElement>(null);
  const items = Array.isArray(value) ? value : [];
  if (field.type !== "list") return null;
  const hints = props.hints.items();
  const change = (next: Json[]): void => props.onChange(next.length === 0 ? undefined : next);
  const focusItem = (i: number): void => {
    // The item is drawn when this is done.
    setTimeout(() => {
      const item = box.current?.querySelectorAll<HTMLElement>(":scope > [data-item]")[i];
      item?.querySelector<HTMLElement>("input, select, textarea")?.focus();
    });
  };
  const move = (from: number, to: number): void => {
    const [item] = items.slice(from, from + 1);
    if (item === undefined) return;
    change(items.toSpliced(from, 1).toSpliced(to, 0, item));
    focusItem(to);
  };
  return (
    <div ref={box} className={rowsCss.rows}>
      {items.map((item, i) => {
        const name = nameOf(item) ?? words.itemOf(label, i + 1);
        return (
          // Items have no identity but their place.
          // oxlint-disable-next-line react/no-array-index-key
          <div key={i} className={rowsCss.item} data-item>
            <div className={rowsCss.itemBody}>
              <Field
                field={field.item}
                hint={hintOf(field.item, hints)}
                hints={hints}
                pointer={child(pointer, i)}
                label={words.itemOf(label, i + 1)}
                item
              />
            </div>
            {!readOnly && (
              <div className={rowsCss.itemActions}>
                {i > 0 && (
                  <IconButton
                    label={words.moveUp(name)}
                    icon={<ArrowUp />}
                    size="small"
                    onClick={() => move(i, i - 1)}
                  />
                )}
                {i < items.length - 1 && (
                  <IconButton
                    label={words.moveDown(name)}
                    icon={<ArrowDown />}
                    size="small"
                    onClick={() => move(i, i + 1)}
                  />
                )}
                <IconButton
                  label={words.remove(name)}
                  icon={<X />}
                  size="small"
                  onClick={() => {
                    change(items.toSpliced(i, 1));
                    focusRow(box.current, i);
                  }}
                />
              </div>
            )}
          </div>
        );
      })}
      {items.length === 0 && readOnly && <p className={fieldCss.help}>{words.noneYet}</p>}
      {!readOnly && (
        <div>
          <Button
            size="small"
            icon={<Plus />}
            aria-label={words.add(label)}
            onClick={() => {
              change([...items, blank(field.item)]);
              focusItem(items.length);
            }}
          >
            {words.addRow}
          </Button>
        </div>
      )}
    </div>
  );
}

function nameOf(item: Json): string | undefined {
  const name = isObject(item) ? (item["name"] ?? item["key"]) : item;
  return typeof name === "string" && name !== "" ? name : undefined;
}
