import { useMessages } from "../i18n/language.ts";
import { isObject, type Json, type JsonObject } from "../lib/json.ts";
import type { Field, MapField, ObjectField } from "./field.ts";
import { KeyValue } from "./fields/KeyValue.tsx";
import css from "./Form.module.css";
import { idOf, useForm } from "./form-context.ts";
import type { Hints } from "./hints.ts";

interface OtherMembersProps {
  field: ObjectField;
  /** What a member may hold. */
  item: Field;
  hints: Hints;
  pointer: string;
  value: Json | undefined;
  readOnly: boolean;
  onChange: (value: Json | undefined) => void;
}

/** The members of an object that its schema allows without naming them. */
export function OtherMembers({ field, item, hints, pointer, value, readOnly, onChange }: OtherMembersProps) {
  const words = useMessages().forms;
  const form = useForm();
  const names = new Set(field.fields.map((f) => f.name));
  const held: JsonObject = isObject(value) ? value : {};
  const others = Object.fromEntries(Object.entries(held).filter(([name]) => !names.has(name)));
  const named = Object.fromEntries(Object.entries(held).filter(([name]) => names.has(name)));
  const map: MapField = {
    type: "map",
    name: field.name,
    required: false,
    readOnly,
    secret: false,
    examples: [],
    ui: {},
    item,
  };
  return (
    <details className={css.fold} data-wide>
      <summary className={css.summary}>
        <span className={css.summaryName}>{words.others}</span>
        <span className={css.summaryWords}>{Object.keys(others).join(" · ")}</span>
      </summary>
      <KeyValue
        field={map}
        hint={{}}
        hints={hints}
        pointer={pointer}
        id={`${idOf(form.id, pointer)}--others`}
        label={words.others}
        described={undefined}
        invalid={false}
        readOnly={readOnly}
        placeholder={undefined}
        value={Object.keys(others).length === 0 ? undefined : others}
        onBlur={() => form.touch(pointer)}
        onChange={(next) => {
          const all = { ...named, ...(isObject(next) ? next : {}) };
          onChange(Object.keys(all).length === 0 ? undefined : all);
        }}
      />
    </details>
  );
}
