import { type ReactNode, type Ref, useEffect, useId, useImperativeHandle, useMemo, useRef, useState } from "react";
import type { FieldError } from "../../api/error.ts";
import { ErrorSummary } from "../../forms/ErrorSummary.tsx";
import { type FormHandle, SchemaForm } from "../../forms/SchemaForm.tsx";
import { SpecForm } from "../../forms/SpecForm.tsx";
import type { Shown } from "../../forms/use-problems.ts";
import { useMessages } from "../../i18n/language.ts";
import { TextField } from "../../ui/field/TextField.tsx";
import type { EntityDocument } from "./document.ts";
import css from "./Edit.module.css";
import { FixedKind } from "./FixedKind.tsx";
import { type KindChoices, KindTiles } from "./KindTiles.tsx";
import { basicMetadata, hasOthers, metadataHints, metadataSchema, type MetadataSchema } from "./metadata.ts";
import { nameProblem } from "./name.ts";
import type { Kind } from "./queries.ts";

export interface EntityFormHandle {
  /** Shows all that is wrong and goes to the first of it; true if nothing is. */
  check: () => boolean;
  /** Goes to a field by its pointer into the document. */
  focus: (pointer: string) => void;
}

export interface EntityFormProps {
  value: EntityDocument;
  onChange: (value: EntityDocument) => void;
  /** The kind chosen; undefined before one is. */
  kind: Kind | undefined;
  metadata: readonly MetadataSchema[];
  /** What the kind is chosen from; without, it is fixed. */
  choices?: KindChoices | undefined;
  /** What the server refused, by pointers into the document. */
  errors: readonly FieldError[];
  /** Why the name cannot be changed. */
  nameLocked?: string | undefined;
  /** Beneath the name: what the server would make of it. */
  nameHelp?: ReactNode;
  onNameLeft?: (() => void) | undefined;
  /** What edited values are compared with. */
  baseline?: { value: EntityDocument; label: string } | undefined;
  /** Why the spec cannot be changed. */
  specLocked?: string | undefined;
  /** Members of spec or metadata that the form does not show, as pointers into the document. */
  omit?: readonly string[] | undefined;
  /** Nothing is there yet: what the code tells of other fields is filled in as it is typed. */
  isNew?: boolean | undefined;
  /** Parts of an entity that no schema knows, such as the value of a secret; after the spec. */
  children?: ReactNode;
  ref?: Ref<EntityFormHandle>;
}

const none: readonly string[] = [];

/** The fields of an entity: kind, name and words, spec by its kind's schema, and the folded rest of its metadata. */
export function EntityForm({ ref, ...props }: EntityFormProps) {
  const m = useMessages();
  const { value, onChange, kind, errors, metadata: groups, omit = none, nameLocked, onNameLeft, baseline } = props;
  const id = useId();
  const [left, setLeft] = useState(false);
  const [revealed, setRevealed] = useState(false);
  const summary = useRef<HTMLDivElement>(null);
  const basics = useRef<FormHandle>(null);
  const spec = useRef<FormHandle>(null);
  const advanced = useRef<FormHandle>(null);

  const nameError = nameLocked === undefined && (revealed || left) ? nameProblem(m, value.name, revealed) : undefined;
  const kindError = revealed && value.kind === "" ? m.editor.kindRequired : undefined;
  const said = (pointer: string) => errors.find((error) => error.pointer === pointer)?.message;
  const shown = [
    problem("/name", m.editor.name, nameError ?? said("/name")),
    problem("/kind", m.editor.kind, kindError ?? said("/kind")),
  ].filter((each) => each !== undefined);

  const open = hasOthers(groups, value.metadata);
  const titles = m.editor.groups;
  const metadata = useMemo(() => metadataSchema(groups, open, titles), [groups, open, titles]);
  const others = useMemo(() => {
    const basic: readonly string[] = basicMetadata;
    return Object.keys(metadata.properties).filter((name) => !basic.includes(name));
  }, [metadata]);
  const within = (part: string) => omit.filter((at) => at.startsWith(`${part}/`)).map((at) => at.slice(part.length));
  const metadataErrors = useMemo(() => errors.filter(({ pointer }) => pointer.startsWith("/metadata")), [errors]);
  const specErrors = useMemo(() => errors.filter(({ pointer }) => /^\/spec(\/|$)/.test(pointer)), [errors]);
  useEffect(() => {
    if (errors.some(({ pointer }) => pointer === "/name" || pointer === "/kind")) summary.current?.focus();
  }, [errors]);

  useImperativeHandle(ref, () => ({
    check: () => {
      setRevealed(true);
      const named = nameLocked !== undefined || nameProblem(m, value.name, true) === undefined;
      const identified = named && value.kind !== "";
      const forms = [basics, spec, advanced].map((form) => form.current?.check() !== false);
      // After the forms have gone to theirs: the first of all is where one begins.
      if (!identified) setTimeout(() => summary.current?.focus());
      return identified && forms.every(Boolean);
    },
    focus: (pointer) => {
      if (pointer.startsWith("/spec/")) spec.current?.focus(pointer.slice("/spec".length));
      else if (pointer.startsWith("/metadata/")) basics.current?.focus(pointer.slice("/metadata".length));
    },
  }));

  const go = (pointer: string) => document.getElementById(`${id}${pointer}`)?.querySelector("input")?.focus();
  const shared = { schema: metadata, uiSchema: metadataHints, value: value.metadata, errors: metadataErrors };
  const compared = baseline && { value: baseline.value.metadata, label: baseline.label };
  const changeMetadata = (next: EntityDocument["metadata"]) => onChange({ ...value, metadata: next });
  return (
    <div className={css.parts}>
      <ErrorSummary ref={summary} shown={shown} onGo={go} />
      <section className={css.card} id={`${id}/kind`} aria-label={m.editor.kind}>
        {props.choices === undefined ? (
          <FixedKind title={kind?.title ?? value.kind} />
        ) : (
          <KindTiles {...props.choices} error={kindError ?? said("/kind")} />
        )}
      </section>
      <section className={css.card} aria-label={m.editor.basics}>
        <h2>{m.editor.basics}</h2>
        <div id={`${id}/name`}>
          <TextField
            label={m.editor.name}
            required={nameLocked === undefined}
            mono
            autoComplete="off"
            spellCheck={false}
            readOnly={nameLocked !== undefined}
            value={value.name}
            error={nameError ?? said("/name")}
            help={nameLocked ?? props.nameHelp ?? m.editor.nameHelp}
            onChange={(name) => onChange({ ...value, name })}
            onBlur={() => {
              setLeft(true);
              if (nameProblem(m, value.name, false) === undefined) onNameLeft?.();
            }}
          />
        </div>
        <SchemaForm
          ref={basics}
          label={m.editor.words}
          {...shared}
          base="/metadata"
          baseline={compared}
          omit={[...others.map((name) => `/${name}`), ...within("/metadata")]}
          onChange={changeMetadata}
        />
      </section>
      <section className={css.card} aria-label={m.editor.spec}>
        <h2>{m.editor.spec}</h2>
        {props.specLocked !== undefined && <p className={css.quiet}>{props.specLocked}</p>}
        {kind === undefined ? (
          <p className={css.quiet}>{m.editor.kindFirst}</p>
        ) : (
          props.specLocked === undefined && (
            <SpecForm
              ref={spec}
              key={kind.kind}
              label={m.editor.spec}
              schema={kind.schema}
              uiSchema={kind.uiSchema}
              value={value.spec}
              base="/spec"
              errors={specErrors}
              baseline={baseline && { value: baseline.value.spec, label: baseline.label }}
              omit={within("/spec")}
              fills={props.isNew}
              onChange={(next) => onChange({ ...value, spec: next })}
            />
          )
        )}
      </section>
      {props.children}
      <section className={css.card} aria-label={m.editor.advanced}>
        <h2>{m.editor.advanced}</h2>
        <SchemaForm
          ref={advanced}
          label={m.editor.advanced}
          {...shared}
          base="/metadata"
          baseline={compared}
          omit={[...basicMetadata.map((name) => `/${name}`), ...within("/metadata")]}
          onChange={changeMetadata}
        />
        {value.metadata["created_by"] === undefined && <p className={css.quiet}>{m.editor.auditLater}</p>}
      </section>
    </div>
  );
}

function problem(pointer: string, title: string, message: string | undefined): Shown | undefined {
  if (message === undefined) return undefined;
  return { problem: { pointer, rule: "server", message }, home: { pointer, titles: [title] } };
}
