import { useMutation, useSuspenseQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo, useReducer, useRef, useState } from "react";
import { ApiError } from "../../api/error.ts";
import type { CacheEntity } from "../../api/keys.ts";
import { readSchema } from "../../forms/dialect.ts";
import { draftKey } from "../../forms/drafts.ts";
import { type Pickers, PickersProvider } from "../../forms/pickers.ts";
import { useDraft } from "../../forms/use-draft.ts";
import { useMessages } from "../../i18n/language.ts";
import { isObject } from "../../lib/json.ts";
import { tellChange } from "../../live/tell.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Dialog } from "../../ui/dialog/Dialog.tsx";
import { asValue, type EntityDocument } from "./document.ts";
import { DraftOffer } from "./DraftOffer.tsx";
import { EntityForm, type EntityFormHandle } from "./EntityForm.tsx";
import { projectPickers } from "./pickers.ts";
import { editing } from "./queries.ts";
import { SaveBar } from "./SaveBar.tsx";
import { useKeptNotice } from "./use-kept-notice.ts";
import { unplaced } from "./refusal.ts";
import { createReducer } from "./state.ts";
import { templateStart } from "./template.ts";

/** What the server answers when an entity was written, or when it said what it would write. */
export interface Written {
  id: string;
  name: string;
  kind: string;
  status?: Record<string, unknown>;
}

export interface CreateEntityProps {
  entity: CacheEntity;
  project: string;
  /** Writes it; with dryRun the server only says what it would do. */
  create: (document: EntityDocument, options: { dryRun: boolean }) => Promise<Written>;
  onCreated: (written: Written) => void;
  /** The way out. */
  cancel: ReactNode;
  /** A kind, or the id of a template, that the address asks for. */
  kind?: string | undefined;
  template?: string | undefined;
  /** The one that it begins as a copy of, and why its name stays when it becomes a version of that. */
  from?: { document: EntityDocument; nameLocked?: string | undefined } | undefined;
  /** What a kind can do, in words. */
  kindNote?: ((kind: string) => string | undefined) | undefined;
  /** Beneath the name, such as what happens when it exists. */
  nameHelp?: ((document: EntityDocument) => ReactNode) | undefined;
  /** Parts that the form leaves out, as pointers into the document. */
  omit?: readonly string[] | undefined;
  /** Where fields get their choices, besides labels and secrets. */
  pickers?: Pickers | undefined;
  /** Parts of an entity that no schema knows, after the spec. */
  children?: ReactNode;
}

const empty: EntityDocument = { name: "", kind: "", metadata: {}, spec: {} };
const notOnCreate = ["/metadata/relationships"];

/**
 * The form of a new entity of any type: what it needs comes from the server's schemas and templates. What is typed
 * survives a closed tab. Needs editing.schemas and editing.templates in the loader of its route.
 */
export function CreateEntity(props: CreateEntityProps) {
  const m = useMessages();
  const { entity, project, from } = props;
  const { data: schemas } = useSuspenseQuery(editing.schemas(project, entity));
  const { data: templates } = useSuspenseQuery(editing.templates(entity));
  const [state, act] = useReducer(createReducer, undefined, () => {
    const value = from?.document ?? {
      ...empty,
      kind: schemas.kinds.some((k) => k.kind === props.kind) ? (props.kind ?? "") : "",
    };
    const fresh = { value, template: undefined, began: value.spec, asked: undefined };
    const template = templates.find(({ id }) => id === props.template);
    return template === undefined ? fresh : createReducer(fresh, { do: "begin", with: templateStart(template) });
  });
  const { value } = state;
  const [began] = useState(value);
  const kind = schemas.kinds.find((each) => each.kind === value.kind);
  const form = useRef<EntityFormHandle>(null);
  const { pickers: more } = props;
  const pickers = useMemo(() => ({ ...projectPickers(project), ...more }), [project, more]);
  const root = useMemo(() => readSchema({ type: "object", properties: { spec: kind?.schema ?? {} } }), [kind]);
  const origin = from === undefined ? "" : `${from.document.kind}/${from.document.name}`;
  const draft = useDraft(draftKey(`new/${entity}`, project, origin), "", root, asValue(began));
  useKeptNotice(draft);
  const create = useMutation({ mutationFn: () => props.create(value, { dryRun: false }) });
  const check = useMutation({ mutationFn: () => props.create(value, { dryRun: true }) });
  const failure = create.error ?? check.error;
  const errors = failure instanceof ApiError ? failure.fields : noErrors;
  const change = (next: EntityDocument) => {
    draft.keep(asValue(next));
    act({ do: "change", value: next });
    if (check.isSuccess) check.reset();
  };
  const save = () => {
    check.reset();
    if (form.current?.check() !== true) return;
    create.mutate(undefined, {
      onSuccess: (written) => {
        draft.done();
        tellChange({ verb: "create", entity, project, id: written.id, name: written.name, kind: written.kind });
        props.onCreated(written);
      },
    });
  };
  const asked = state.asked;
  return (
    <PickersProvider value={pickers}>
      <DraftOffer
        draft={draft}
        base=""
        onRestore={(found) =>
          change({
            name: typeof found["name"] === "string" && from?.nameLocked === undefined ? found["name"] : value.name,
            kind: typeof found["kind"] === "string" ? found["kind"] : value.kind,
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
        errors={errors}
        omit={[...notOnCreate, ...(props.omit ?? [])]}
        nameLocked={from?.nameLocked}
        isNew={from === undefined}
        nameHelp={props.nameHelp?.(value)}
        choices={
          from === undefined
            ? {
                kinds: schemas.kinds,
                templates,
                note: props.kindNote,
                chosen: { kind: value.kind, template: state.template },
                onBegin: (beginning) => act({ do: "begin", with: beginning }),
              }
            : undefined
        }
      >
        {props.children}
      </EntityForm>
      <SaveBar
        label={from?.nameLocked === undefined ? m.editor.create : m.editor.saveVersion}
        reason={
          value.kind === ""
            ? m.editor.willNeedKind
            : value.name === ""
              ? m.editor.willNeedName
              : from?.nameLocked === undefined
                ? m.editor.willCreate(value.name)
                : m.editor.willVersion(value.name)
        }
        busy={create.isPending}
        failure={unplaced(failure)}
        onCheck={() => form.current?.check() === true && check.mutate()}
        checking={check.isPending}
        checked={check.isSuccess ? m.editor.accepted : undefined}
        onSave={save}
        cancel={props.cancel}
      />
      {asked !== undefined && (
        <Dialog
          open
          onOpenChange={(open) => !open && act({ do: "keep" })}
          title={m.editor.discardTitle}
          description={m.editor.discardHelp(kind?.title ?? value.kind)}
          onSubmit={() => act({ do: "confirm" })}
          footer={
            <>
              <Button onClick={() => act({ do: "keep" })}>{m.editor.keep}</Button>
              <Button type="submit" tone="danger">
                {m.editor.discard}
              </Button>
            </>
          }
        />
      )}
    </PickersProvider>
  );
}

const noErrors: ApiError["fields"] = [];
