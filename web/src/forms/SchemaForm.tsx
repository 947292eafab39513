import { type Ref, useEffect, useId, useImperativeHandle, useMemo, useRef } from "react";
import { useFormat, useMessages } from "../i18n/language.ts";
import type { Json, JsonObject } from "../lib/json.ts";
import { readSchema } from "./dialect.ts";
import { ErrorSummary } from "./ErrorSummary.tsx";
import { FieldView } from "./FieldView.tsx";
import { focusField } from "./focus.ts";
import fieldCss from "./Field.module.css";
import formCss from "./Form.module.css";
import { type Baseline, FormContext, type FormState, idOf } from "./form-context.ts";
import { hintOf, readHints } from "./hints.ts";
import { type Group, groupOrder, layOut } from "./layout.ts";
import { summarise } from "./summary.ts";
import { OtherMembers } from "./OtherMembers.tsx";
import { type ServerError, useProblems } from "./use-problems.ts";
import { groupTitle, titleOf } from "./words.ts";
import { set } from "./value.ts";

/** What a page may ask of a form. */
export interface FormHandle {
  /** Shows all that is wrong and goes to it; true if nothing is. */
  check: () => boolean;
  /** Goes to a field and opens the groups around it. */
  focus: (pointer: string) => void;
}

export interface SchemaFormProps {
  /** What the form is, for the accessibility tree. */
  label: string;
  schema: Json;
  uiSchema?: Json | undefined;
  value: JsonObject;
  onChange: (value: JsonObject) => void;
  /** What the server refused, and the pointer of this form's value in what was sent, such as /spec. */
  errors?: readonly ServerError[] | undefined;
  base?: string | undefined;
  /** What the values are compared with, such as the last run's. */
  baseline?: Baseline | undefined;
  /** Fields that cannot be changed, with the reason, by pointer. */
  locked?: Readonly<Record<string, string>> | undefined;
  /** Fields that the page draws itself. */
  omit?: readonly string[] | undefined;
  /** Fields that the code beside them tells are filled in by themselves, as long as nobody typed in them. */
  fills?: boolean | undefined;
  /** Groups that are open at first. */
  unfolded?: readonly string[] | undefined;
  ref?: Ref<FormHandle>;
}

const nothing: readonly string[] = [];
const free: Readonly<Record<string, string>> = {};

/**
 * A form from a schema (console.md 6.9). It draws whatever the server sends without knowing any kind; what was
 * never typed is not in its value, and what was typed is never lost.
 */
export function SchemaForm({ ref, ...props }: SchemaFormProps) {
  const { schema, uiSchema, value, onChange, errors, omit = nothing, unfolded = nothing } = props;
  const id = useId();
  const root = useMemo(() => readSchema(schema), [schema]);
  const hints = useMemo(() => readHints(uiSchema), [uiSchema]);
  const groups = useMemo(() => groupOrder(schema), [schema]);
  const problems = useProblems(root, hints, value, errors, props.base ?? "", omit);
  const summary = useRef<HTMLDivElement>(null);
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  }, [value]);

  useImperativeHandle(ref, () => ({
    check: () => {
      if (problems.all.length === 0) return true;
      problems.reveal();
      // The summary is drawn when this is done.
      setTimeout(() => summary.current?.focus());
      return false;
    },
    focus: (pointer) => focusField(id, pointer),
  }));

  useEffect(() => {
    if (errors !== undefined && errors.length > 0) summary.current?.focus();
  }, [errors]);

  const form: FormState = {
    id,
    root,
    value,
    baseline: props.baseline,
    locked: props.locked ?? free,
    omit,
    fills: props.fills === true,
    Field: FieldView,
    touch: problems.touch,
    set: (pointer, next) => {
      // Two changes within one event build on each other.
      latest.current = set(latest.current, pointer, next);
      onChange(latest.current);
    },
    problemsAt: (pointer) => problems.shown.filter((s) => s.home.pointer === pointer).map((s) => s.problem),
  };
  const fromServer = errors !== undefined && errors.length > 0;
  return (
    <FormContext value={form}>
      <div role="group" aria-label={props.label} className={formCss.form} id={id}>
        <ErrorSummary
          ref={summary}
          shown={problems.revealed || fromServer ? problems.shown : []}
          onGo={(pointer) => focusField(id, pointer)}
        />
        {root.type === "object" ? (
          <>
            {layOut(root.fields, hints, value, "", omit, groups).map((group) => (
              <GroupView key={group.name} group={group} form={form} unfolded={unfolded.includes(group.name)} />
            ))}
            {root.extra !== undefined && (
              <OtherMembers
                field={root}
                item={root.extra}
                hints={hints}
                pointer=""
                value={value}
                readOnly={false}
                onChange={(next) => form.set("", next)}
              />
            )}
          </>
        ) : (
          <FieldView field={root} hint={hintOf(root, hints)} hints={hints} pointer="" label={props.label} bare />
        )}
      </div>
    </FormContext>
  );
}

/** Fields that belong together. All but the first group fold, those that need nothing are folded at first, and say in a line what is set. */
function GroupView({ group, form, unfolded }: { group: Group; form: FormState; unfolded: boolean }) {
  const words = useMessages().forms;
  const f = useFormat();
  const title = groupTitle(group.name, form.root, words);
  const fields = (
    <div className={fieldCss.fields}>
      {group.fields.map((p) => (
        // A field that is called as its group has its name above it already.
        <FieldView key={p.pointer} {...p} bare={group.name !== "" && titleOf(p.field, p.hint, words) === title} />
      ))}
    </div>
  );
  if (group.name === "") return fields;
  const { set: count, words: said, more } = summarise(group.fields, form.value, f.dateTime);
  const exact = summarise(group.fields, form.value, f.dateTimeFull).words;
  const hasTimes = exact.some((word, index) => word !== said[index]);
  const broken = group.fields.some((p) => form.problemsAt(p.pointer).length > 0);
  return (
    <details
      className={formCss.fold}
      id={idOf(form.id, `/-${group.name}`)}
      open={unfolded || group.fields.some(({ field }) => field.required)}
      data-broken={broken || undefined}
    >
      <summary className={formCss.summary}>
        <span className={formCss.summaryName}>{title}</span>
        <span className={formCss.summaryWords} title={hasTimes ? exact.join(" · ") : undefined}>
          {count === 0 ? words.nothingSet : [...said, ...(more > 0 ? [words.more(more)] : [])].join(" · ")}
        </span>
      </summary>
      {fields}
    </details>
  );
}
