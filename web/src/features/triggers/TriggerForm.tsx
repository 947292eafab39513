import { useMutation, useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useRef, useState } from "react";
import { ApiError, errorText, type FieldError } from "../../api/error.ts";
import { session } from "../../api/session.ts";
import { Crumbs } from "../../entity/Crumbs.tsx";
import { Conflict } from "../../entity/edit/Conflict.tsx";
import { DraftOffer } from "../../entity/edit/DraftOffer.tsx";
import { useKeptNotice } from "../../entity/edit/use-kept-notice.ts";
import type { Outcome } from "../../entity/edit/guarded.ts";
import { ButtonLink } from "../../entity/links.tsx";
import { readSchema } from "../../forms/dialect.ts";
import { draftKey } from "../../forms/drafts.ts";
import { type Pickers, PickersProvider } from "../../forms/pickers.ts";
import type { FormHandle } from "../../forms/SchemaForm.tsx";
import { useDraft } from "../../forms/use-draft.ts";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { useWriteBlock } from "../../live/state.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Callout } from "../../ui/callout/Callout.tsx";
import { TextField } from "../../ui/field/TextField.tsx";
import { useShortcuts } from "../../ui/keys/use-shortcuts.ts";
import { LabelEditor } from "../../ui/labels/LabelEditor.tsx";
import { Page } from "../../ui/page/Page.tsx";
import {
  asDocument,
  draftOf,
  emptyDraft,
  fromDocument,
  fromJson,
  isUntouched,
  settingsChanged,
  toJson,
  toSend,
  type TriggerDraft,
} from "./draft.ts";
import { triggerChanges } from "./mutations.ts";
import { pickersOf } from "./pickers.ts";
import { triggers } from "./queries.ts";
import type { NewTriggerSearch } from "./search.ts";
import { plain, type TriggerDoc } from "./trigger.ts";
import css from "./Triggers.module.css";
import { WhatToRun } from "./WhatToRun.tsx";
import { WhenFields } from "./WhenFields.tsx";

interface TriggerFormProps {
  project: string;
  /** The trigger that is edited; without it one is made. */
  doc?: TriggerDoc | undefined;
  start?: NewTriggerSearch;
}

const blank: NewTriggerSearch = {};
const anything = readSchema({ type: "object", additionalProperties: true });
const ownZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** When and what: the form of a trigger, on one page. */
export function TriggerForm({ project, doc: opened, start = blank }: TriggerFormProps) {
  const m = useMessages();
  const f = useFormat();
  const t = m.triggers;
  const navigate = useNavigate();
  const blocked = useWriteBlock();
  const empty = useMemo(() => emptyDraft(project, ownZone()), [project]);
  // What the form stands on: as it was opened, whatever comes in meanwhile.
  const [doc, setDoc] = useState(opened);
  const [theirs, setTheirs] = useState<TriggerDoc | undefined>(undefined);
  const [draft, setDraft] = useState<TriggerDraft>(() =>
    doc === undefined
      ? {
          ...empty,
          name: start.function === undefined ? "" : t.nameFor[start.kind ?? empty.kind](start.function),
          kind: start.kind ?? empty.kind,
          fn: start.function ?? "",
          action: start.action ?? "",
          version: start.v ?? "",
        }
      : draftOf(doc, empty),
  );
  const [sent, setSent] = useState(false);
  const { data: schemas } = useSuspenseQuery(triggers.schemas(project));
  const { data: config } = useSuspenseQuery(session.config());
  const { data: versions } = useQuery({ ...triggers.versions(project, draft.fn), enabled: draft.fn !== "" });
  const [fresh] = useState(draft);
  const saved = doc === undefined ? fresh : draftOf(doc, empty);
  const place = draftKey("trigger", doc?.id ?? `new in ${project}`, "");
  const drafts = useDraft(place, doc?.metadata.updated ?? "", anything, toJson(saved));
  useKeptNotice(drafts);
  const when = useRef<FormHandle>(null);
  const template = useRef<FormHandle>(null);
  const pickers = useMemo((): Pickers => pickersOf(project, draft.kind), [project, draft.kind]);

  const create = useMutation(triggerChanges.create(project));
  const replace = useMutation(triggerChanges.replace(project, doc ?? nobody, empty));
  const metadata = useMutation(triggerChanges.metadata(project, doc ?? nobody, empty));
  const saving = doc === undefined ? create : settingsChanged(draft, doc) ? replace : metadata;
  const { error } = saving;
  const fields: readonly FieldError[] = error instanceof ApiError ? error.fields : [];
  const at = (pointer: string) => fields.find((field) => field.pointer === pointer)?.message;
  const inForm = fields.some(({ pointer }) => pointer.startsWith("/spec/") || pointer === "/name");

  const change = (part: Partial<TriggerDraft>) => {
    const next = { ...draft, ...part };
    drafts.keep(toJson(doc === undefined && isUntouched(next, fresh) ? fresh : next));
    setDraft(next);
  };
  const schema = schemas.content.find((each) => each.kind === draft.kind);
  const form = useMemo(() => plain(schema?.schema), [schema]);
  const places = useMemo(() => {
    const titles = { "/spec/function": t.function, "/spec/version": t.version, "/spec/action": t.action };
    return { spec: form, titles: { ...titles, "/spec/template": t.template } };
  }, [form, t]);
  const kindsOf = (type: string) => config.kinds.filter((each) => each.entity === type);
  const chosen = versions?.content.find(({ id }) => id === draft.version) ?? versions?.content[0];
  const actions = config.kinds.find((each) => each.entity === "function" && each.kind === chosen?.kind)?.actions ?? [];
  const action = actions.includes(draft.action) ? draft.action : (actions[0] ?? "");
  const nameProblem = sent && draft.name === "" ? t.nameRequired : at("/name");
  const functionProblem =
    sent && chosen === undefined ? t.functionRequired : (at("/spec/function") ?? at("/spec/task"));
  const done = (saved: TriggerDoc) => {
    drafts.done();
    void navigate({ to: "/p/$project/triggers/$id", params: { project, id: saved.id } });
  };
  const settle = (outcome: Outcome<TriggerDoc, TriggerDoc>) =>
    "saved" in outcome ? done(outcome.saved) : setTheirs(outcome.theirs.doc);
  const side = (of: TriggerDoc) => ({
    version: m.editor.conflict.version(of.metadata.updated_by, f.dateTime(of.metadata.updated)),
    document: asDocument(draftOf(of, empty)),
  });
  const submit = () => {
    if (saving.isPending || blocked !== undefined) return;
    setSent(true);
    const sound = [when.current?.check(), template.current?.check()];
    if (sound.includes(false) || draft.name === "" || chosen === undefined) return;
    const next = toSend({ ...draft, action }, project, chosen);
    if (saving === metadata) metadata.mutate(draft, { onSuccess: settle });
    else if (saving === replace) replace.mutate(next, { onSuccess: settle });
    else create.mutate(next, { onSuccess: done });
  };
  useShortcuts({ "mod+s": submit, "mod+enter": submit });
  if (doc !== undefined && theirs !== undefined) {
    return (
      <Page title={t.editTitle(doc.name)} breadcrumb={<Crumbs entity="trigger" project={project} of={doc} />}>
        <Conflict
          base={side(doc)}
          mine={asDocument({ ...draft, action })}
          theirs={side(theirs)}
          places={places}
          onMerged={(merged) => {
            setDoc(theirs);
            change(fromDocument(merged, draft));
            setTheirs(undefined);
          }}
        />
      </Page>
    );
  }
  const title = doc === undefined ? t.createTitle : t.editTitle(doc.name);
  return (
    <PickersProvider value={pickers}>
      <Page title={title} breadcrumb={<Crumbs entity="trigger" project={project} of={doc} />}>
        <div className={css.form}>
          <DraftOffer
            draft={drafts}
            base={doc?.metadata.updated ?? ""}
            onRestore={(kept) => setDraft(fromJson(kept, empty))}
          />
          {error !== null && !inForm && <Callout tone="error" title={errorText(error)} />}
          <section className={css.step} aria-labelledby="trigger-name">
            <h2 id="trigger-name">{t.basics}</h2>
            <TextField
              label={t.name}
              required
              mono
              autoComplete="off"
              spellCheck={false}
              value={draft.name}
              onChange={(name) => change({ name })}
              error={nameProblem}
              help={t.nameHelp}
            />
            <TextField
              label={m.functions.description}
              value={draft.description}
              onChange={(description) => change({ description })}
            />
            <LabelEditor label={m.functions.labels} value={draft.labels} onChange={(labels) => change({ labels })} />
          </section>
          <section className={css.step} aria-labelledby="trigger-when">
            <h2 id="trigger-when">{t.when}</h2>
            <WhenFields
              project={project}
              draft={draft}
              form={form}
              kindsOf={kindsOf}
              errors={fields}
              onChange={change}
              ref={when}
            />
          </section>
          <section className={css.step} aria-labelledby="trigger-what">
            <h2 id="trigger-what">{t.whatToRun}</h2>
            <WhatToRun
              project={project}
              draft={{ ...draft, action }}
              onChange={change}
              actionsOf={(kind) =>
                config.kinds.find((each) => each.entity === "function" && each.kind === kind)?.actions ?? []
              }
              errors={fields.filter(({ pointer }) => pointer.startsWith("/spec/template"))}
              problem={functionProblem}
              ref={template}
            />
          </section>
          <div className={css.bar}>
            {doc !== undefined && (
              <span className={css.barText}>{saving === replace ? t.willReplace : t.willUpdate}</span>
            )}
            {doc === undefined ? (
              <ButtonLink to="/p/$project/triggers" params={{ project }}>
                {m.ui.cancel}
              </ButtonLink>
            ) : (
              <ButtonLink to="/p/$project/triggers/$id" params={{ project, id: doc.id }}>
                {m.ui.cancel}
              </ButtonLink>
            )}
            <Button tone="primary" busy={saving.isPending} disabledReason={blocked} onClick={submit}>
              {doc === undefined ? t.createSubmit : saving === replace ? t.replace : t.updateMetadata}
            </Button>
          </div>
        </div>
      </Page>
    </PickersProvider>
  );
}

// The mutation of metadata is made with each drawing, and used only where there is a trigger.
const nobody: TriggerDoc = {
  id: "",
  key: "",
  kind: "",
  name: "",
  project: "",
  user: "",
  metadata: { name: "", project: "", created: "", created_by: "", updated: "", updated_by: "", version: "" },
  spec: {},
  status: { state: "" },
};
