import { RotateCcw } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useFormat, useMessages } from "../i18n/language.ts";
import { equal, type Json } from "../lib/json.ts";
import { IconButton } from "../ui/button/IconButton.tsx";
import { EntryOffer } from "./EntryOffer.tsx";
import { all } from "./fields/all.ts";
import css from "./Field.module.css";
import type { Field } from "./field.ts";
import { type FieldProps, type FormState, idOf, useForm, type WidgetProps } from "./form-context.ts";
import { type Widget, widgetOf } from "./hints.ts";
import { choices, type Chosen, indexOf } from "./union.ts";
import { VariantSelect } from "./VariantSelect.tsx";
import { get, parent } from "./value.ts";
import { brief, helpOf, problemText, titleOf } from "./words.ts";

/** Widgets of several controls: they have a legend, not a label. */
const grouped: ReadonlySet<Widget> = new Set(["object", "list", "key-value"]);

/** Widgets that want the whole line: beside what is so much higher, another field would stand over a hole. */
const wide: ReadonlySet<Widget> = new Set(["code", "yaml", "json", "cron"]);

/** A field with its name, help, error, and what it differs from. */
export function FieldView(props: FieldProps) {
  const { field, hint, pointer } = props;
  const form = useForm();
  const words = useMessages().forms;
  const format = useFormat();
  const value = get(form.value, pointer);
  const id = idOf(form.id, pointer);
  const [picked, pick] = useState<Field>();
  const chosen = choices(field, hint, value, picked);
  const widget = widgetOf(chosen.field, hint);
  const label = props.label ?? titleOf(field, hint, words);
  const lock = form.locked[pointer] ?? (field.readOnly ? words.readOnly : undefined);
  const help = lock ?? (props.item === true ? undefined : helpOf(field, hint, pointer, words));
  const problems = form.problemsAt(pointer);
  const lacking = hint.needed === true && lock === undefined && (value === undefined || value === "");
  const described = [
    help !== undefined && `${id}--help`,
    lacking && `${id}--needed`,
    problems.length > 0 && `${id}--error`,
  ]
    .filter(Boolean)
    .join(" ");
  const set = (next: Json | undefined): void => form.set(pointer, next ?? (props.item === true ? null : undefined));
  const edit: WidgetProps = {
    ...props,
    field: chosen.field,
    value,
    id,
    label,
    described: described === "" ? undefined : described,
    invalid: problems.length > 0,
    readOnly: lock !== undefined,
    placeholder: placeholderOf(props, words),
    onChange: set,
    onBlur: () => form.touch(pointer),
  };
  const Editor = all[widget];
  const group = grouped.has(widget);
  const name = (
    <>
      <span className={group ? css.legend : css.label}>{label}</span>
      {field.required && props.item !== true && lock === undefined && <Required text={words.required} />}
    </>
  );
  const side = (
    <Side
      props={props}
      form={form}
      value={value}
      label={label}
      chosen={chosen}
      locked={lock !== undefined}
      onVariant={(i, next) => {
        pick(chosen.variants[i]);
        set(next);
      }}
    />
  );
  const notes = (
    <>
      {problems.length > 0 && (
        <div id={`${id}--error`} className={css.error}>
          {problems.map((p) => (
            <p key={p.pointer + p.rule}>{problemText(p, words, format)}</p>
          ))}
        </div>
      )}
      {lacking && (
        <p id={`${id}--needed`} className={css.needed}>
          {words.needed}
        </p>
      )}
      {hint.entry === true && lock === undefined && <EntryOffer pointer={pointer} value={value} />}
      {help !== undefined && (
        <p id={`${id}--help`} className={css.help}>
          {help}
        </p>
      )}
    </>
  );
  if (group) {
    return (
      <fieldset
        id={id}
        tabIndex={-1}
        className={css.group}
        aria-describedby={edit.described}
        data-bare={props.bare || undefined}
      >
        <legend className={css.head}>{name}</legend>
        {side}
        {notes}
        <Editor {...edit} />
      </fieldset>
    );
  }
  return (
    <div className={css.field} data-bare={props.bare || undefined} data-wide={wide.has(widget) || undefined}>
      <div className={css.head}>
        <label htmlFor={id} id={`${id}--label`} data-hidden={props.bare || undefined}>
          {name}
        </label>
        {side}
      </div>
      <Editor {...edit} />
      {notes}
    </div>
  );
}

function Required({ text }: { text: string }) {
  return (
    <span className={css.required} title={text} aria-hidden="true">
      *
    </span>
  );
}

interface SideProps {
  props: FieldProps;
  form: FormState;
  value: Json | undefined;
  label: string;
  chosen: Chosen;
  onVariant: (variant: number, value: Json | undefined) => void;
  locked: boolean;
}

/** Beside a field's name: which type it has, and what it was. */
function Side({ props, form, value, label, chosen, onVariant, locked }: SideProps): ReactNode {
  const words = useMessages().forms;
  const { field, pointer } = props;
  const before = form.baseline === undefined ? field.default : get(form.baseline.value, pointer);
  // Without anything to compare with, only what has a default can differ from it; of what was not there at all,
  // its holder says so.
  const compared = form.baseline !== undefined && get(form.baseline.value, parent(pointer)) !== undefined;
  const comparable =
    props.item !== true && !locked && (form.baseline === undefined ? field.default !== undefined : compared);
  const changed = comparable && !equal(value, before) && (value !== undefined || form.baseline !== undefined);
  // What bytes were says nothing to anybody.
  const bytes = field.type === "text" && field.base64;
  const small = before === undefined || (typeof before !== "object" && !bytes);
  return (
    <>
      {changed && (
        <span className={css.changed}>
          <span
            className={css.dot}
            title={words.changed(form.baseline?.label ?? words.theDefault)}
            aria-hidden="true"
          />
          <span>
            {small
              ? before === undefined
                ? words.wasNothing
                : words.was(brief(before))
              : words.changed(form.baseline?.label ?? words.theDefault)}
          </span>
          <IconButton
            label={words.reset(label)}
            icon={<RotateCcw />}
            size="small"
            onClick={() => form.set(pointer, form.baseline === undefined ? undefined : before)}
          />
        </span>
      )}
      {chosen.variants.length > 1 && !locked && (
        <VariantSelect
          label={words.typeOf(label)}
          variants={chosen.variants}
          chosen={indexOf(chosen, props.hint)}
          value={value}
          onChoose={onVariant}
        />
      )}
    </>
  );
}

/** What an empty field says: its default above all, else an example. */
function placeholderOf(
  { field, hint }: FieldProps,
  words: ReturnType<typeof useMessages>["forms"],
): string | undefined {
  if (field.default !== undefined) return words.defaultIs(brief(field.default));
  if (hint.placeholder !== undefined) return hint.placeholder;
  return field.examples[0] === undefined ? undefined : words.example(brief(field.examples[0]));
}
