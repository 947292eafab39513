import { useMutation, useSuspenseQuery } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { ApiError } from "../../api/error.ts";
import type { CacheEntity } from "../../api/keys.ts";
import { readSchema } from "../../forms/dialect.ts";
import { draftKey } from "../../forms/drafts.ts";
import { type Pickers, PickersProvider } from "../../forms/pickers.ts";
import { useDraft } from "../../forms/use-draft.ts";
import { set } from "../../forms/value.ts";
import type { Format } from "../../i18n/format.ts";
import { type Messages, useFormat, useMessages } from "../../i18n/language.ts";
import { equal, isObject } from "../../lib/json.ts";
import { tellChange } from "../../live/tell.ts";
import type { Written } from "./CreateEntity.tsx";
import { Conflict } from "./Conflict.tsx";
import { asValue, changedPaths, type EntityDocument } from "./document.ts";
import { DraftOffer } from "./DraftOffer.tsx";
import { EntityForm, type EntityFormHandle } from "./EntityForm.tsx";
import { metadataSchema } from "./metadata.ts";
import { projectPickers } from "./pickers.ts";
import { editing } from "./queries.ts";
import { unplaced } from "./refusal.ts";
import { SaveBar } from "./SaveBar.tsx";
import { useKeptNotice } from "./use-kept-notice.ts";

/** An entity as it was read, with the tag that says whether it is still that. */
export interface Stored {
  id: string;
  /** The ETag of the answer. */
  tag: string;
  /** How the version is called. */
  version: string;
  document: EntityDocument;
}

export interface EditEntityProps {
  entity: CacheEntity;
  project: string;
  stored: Stored;
  /** What another spec makes of it: a new version, or the same entity with it. */
  specMakes: "version" | "change";
  /** Why the spec cannot be changed. */
  specLocked?: string | undefined;
  update: (id: string, document: EntityDocument, tag: string) => Promise<Written>;
  /** Reads what is there now, after somebody else has changed it. */
  reread: () => Promise<Stored>;
  onSaved: (written: Written, made: "version" | "change") => void;
  cancel: ReactNode;
  omit?: readonly string[] | undefined;
  /** Where fields get their choices, besides labels and secrets. */
  pickers?: Pickers | undefined;
  /** Parts of an entity that no schema knows, after the spec. */
  children?: ReactNode;
}

const noErrors: ApiError["fields"] = [];

/**
 * The form of an entity that exists. What is saved rests on what was read: if that has changed meanwhile, both sides
 * are shown and nothing is lost. Needs editing.schemas in the loader of its route.
 */
export function EditEntity(props: EditEntityProps) {
  const m = useMessages();
  const f = useFormat();
  const { entity, project } = props;
  const { data: schemas } = useSuspenseQuery(editing.schemas(project, entity));
  const [base, setBase] = useState(props.stored);
  const [value, setValue] = useState(props.stored.document);
  const [theirs, setTheirs] = useState<Stored | undefined>(undefined);
  const form = useRef<EntityFormHandle>(null);
  const { hash } = useLocation();
  useEffect(() => {
    // An address may name the field that one comes for.
    if (hash.startsWith("/")) form.current?.focus(hash);
    // Once, when the page comes.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  const { pickers: more } = props;
  const pickers = useMemo(() => ({ ...projectPickers(project), ...more }), [project, more]);
  const kind = schemas.kinds.find((each) => each.kind === value.kind);
  const root = useMemo(() => readSchema({ type: "object", properties: { spec: kind?.schema ?? {} } }), [kind]);
  const places = useMemo(
    () => ({
      spec: kind?.schema,
      uiSchema: kind?.uiSchema,
      metadata: metadataSchema(schemas.metadata, false, m.editor.groups),
    }),
    [kind, schemas, m],
  );
  const place = draftKey(`edit/${entity}`, `${project}/${value.name}`, props.stored.id);
  const draft = useDraft(place, `${base.id} ${base.tag}`, root, asValue(base.document));
  useKeptNotice(draft);
  const changed = changedPaths(asValue(base.document), asValue(value));
  const otherSpec = !equal(base.document.spec, value.spec);
  const makes = otherSpec ? props.specMakes : "change";
  const update = useMutation({ mutationFn: (next: EntityDocument) => props.update(base.id, next, base.tag) });
  const reread = useMutation({ mutationFn: props.reread });
  const failure = update.error instanceof ApiError && update.error.status === 412 ? null : update.error;
  const change = (next: EntityDocument) => {
    draft.keep(asValue(next));
    setValue(next);
  };
  const save = () => {
    if (changed.length === 0 || form.current?.check() !== true) return;
    update.mutate(makes === "version" ? unnamed(base.document, value) : value, {
      onSuccess: (written) => {
        draft.done();
        const verb = written.id === base.id ? "update" : "create";
        tellChange({ verb, entity, project, id: written.id, name: written.name, kind: written.kind });
        if (verb === "create") tellChange({ verb: "update", entity, project, id: base.id, name: written.name });
        props.onSaved(written, verb === "create" ? "version" : "change");
      },
      onError: (error) => {
        if (error instanceof ApiError && error.status === 412) reread.mutate(undefined, { onSuccess: setTheirs });
      },
    });
  };
  if (theirs !== undefined) {
    return (
      <Conflict
        base={{ version: saved(base, m, f), document: base.document }}
        mine={value}
        theirs={{ version: saved(theirs, m, f), document: theirs.document }}
        places={places}
        onMerged={(merged) => {
          setBase(theirs);
          change(merged);
          setTheirs(undefined);
          update.reset();
        }}
      />
    );
  }
  return (
    <PickersProvider value={pickers}>
      <DraftOffer
        draft={draft}
        base={`${base.id} ${base.tag}`}
        onRestore={(found) =>
          change({
            ...value,
            metadata: isObject(found["metadata"]) ? found["metadata"] : {},
            spec: isObject(found["spec"]) ? found["spec"] : {},
          })
        }
      />
      <EntityForm
        ref={form}
        value={value}
        onChange={change}
        kind={kind}
        metadata={schemas.metadata}
        errors={failure instanceof ApiError ? failure.fields : noErrors}
        omit={props.omit}
        nameLocked={m.editor.nameFixed}
        specLocked={props.specLocked}
        baseline={{ value: base.document, label: base.version }}
      >
        {props.children}
      </EntityForm>
      <SaveBar
        label={makes === "version" ? m.editor.saveVersion : otherSpec ? m.editor.save : m.editor.updateMetadata}
        reason={
          changed.length === 0
            ? m.editor.unchanged
            : makes === "version"
              ? m.editor.specChanged
              : otherSpec
                ? m.editor.changedInPlace
                : m.editor.metadataChanged
        }
        changed={changed}
        blocked={changed.length === 0 ? m.editor.unchanged : undefined}
        busy={update.isPending || reread.isPending}
        failure={unplaced(failure ?? reread.error)}
        onSave={save}
        cancel={props.cancel}
      />
    </PickersProvider>
  );
}

/** How a version is called with who saved it and when: other words leave it the version that it was. */
function saved({ version, document: { metadata } }: Stored, m: Messages, f: Format): string {
  const { updated, updated_by: by } = metadata;
  if (typeof updated !== "string" || typeof by !== "string") return version;
  return m.editor.conflict.saved(version, by, f.dateTimeFull(updated));
}

/** A new version does not take over the name that somebody gave the one before. */
function unnamed(base: EntityDocument, next: EntityDocument): EntityDocument {
  if (base.metadata["version"] !== next.metadata["version"]) return next;
  return { ...next, metadata: set(next.metadata, "/version", undefined) };
}
