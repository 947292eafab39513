import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError, errorText } from "../../api/error.ts";
import type { Schema } from "../../api/client.ts";
import { Conflict } from "../../entity/edit/Conflict.tsx";
import { DraftOffer } from "../../entity/edit/DraftOffer.tsx";
import { useKeptNotice } from "../../entity/edit/use-kept-notice.ts";
import { Facts } from "../../entity/Facts.tsx";
import { readSchema } from "../../forms/dialect.ts";
import { draftKey } from "../../forms/drafts.ts";
import { useDraft } from "../../forms/use-draft.ts";
import { useFormat, useMessages } from "../../i18n/language.ts";
import type { JsonObject } from "../../lib/json.ts";
import { useWriteBlock } from "../../live/state.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Callout } from "../../ui/callout/Callout.tsx";
import { TextField } from "../../ui/field/TextField.tsx";
import { Key } from "../../ui/key/Key.tsx";
import { useShortcuts } from "../../ui/keys/use-shortcuts.ts";
import { LabelEditor } from "../../ui/labels/LabelEditor.tsx";
import { TimeAgo } from "../../ui/time/TimeAgo.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import { asDocument, fromDocument, type ProjectSettings, settingsChanges, settingsOf } from "./mutations.ts";
import css from "./Settings.module.css";

interface GeneralProps {
  project: string;
  stored: Schema<"Project">;
}

const anything = readSchema({ type: "object", additionalProperties: true });

/** What a project is and where it keeps files. A save that meets another's shows both. */
export function General({ project, stored }: GeneralProps) {
  const m = useMessages();
  const f = useFormat();
  const s = m.settings;
  const toast = useToast();
  const queries = useQueryClient();
  const blocked = useWriteBlock();
  const [typed, setTyped] = useState<ProjectSettings>();
  // Another's save shows up by itself only while nothing is typed.
  const [base, setBase] = useState(stored);
  if (typed === undefined && base !== stored) setBase(stored);
  const [theirs, setTheirs] = useState<Schema<"Project">>();
  const now = typed ?? settingsOf(base);
  const draft = useDraft(draftKey("settings", project, ""), base.metadata.updated, anything, toJson(settingsOf(base)));
  useKeptNotice(draft);
  const save = useMutation(settingsChanges.save(queries, project));
  const fields = save.error instanceof ApiError ? save.error.fields : [];
  const at = (pointer: string) => fields.find((field) => field.pointer === pointer)?.message;
  const changed = typed !== undefined && JSON.stringify(typed) !== JSON.stringify(settingsOf(base));
  const change = (part: Partial<ProjectSettings>) => {
    const next = { ...now, ...part };
    draft.keep(toJson(next));
    setTyped(next);
  };
  const discard = () => {
    draft.done();
    save.reset();
    setTyped(undefined);
  };
  const submit = () => {
    if (!changed || save.isPending || blocked !== undefined) return;
    save.mutate(
      { base: base, next: now },
      {
        onSuccess: (outcome) => {
          if ("theirs" in outcome) return setTheirs(outcome.theirs.doc);
          discard();
          return toast({ tone: "success", text: s.saved(project) });
        },
      },
    );
  };
  useShortcuts({ "mod+s": submit });
  if (theirs !== undefined) {
    const side = (doc: Schema<"Project">) => ({
      version: m.editor.conflict.version(doc.metadata.updated_by, f.dateTime(doc.metadata.updated)),
      document: asDocument(settingsOf(doc)),
    });
    return (
      <Conflict
        base={side(base)}
        mine={asDocument(now)}
        theirs={side(theirs)}
        places={{ titles: { "/spec/source": s.source, "/spec/store": s.store } }}
        onMerged={(merged) => {
          change(fromDocument(merged));
          setBase(theirs);
          setTheirs(undefined);
        }}
      />
    );
  }
  return (
    <form
      className={css.card}
      aria-label={s.tabs.general}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <DraftOffer draft={draft} base={base.metadata.updated} onRestore={(kept) => setTyped(fromJson(kept))} />
      {save.error !== null && <Callout tone="error">{errorText(save.error)}</Callout>}
      <TextField label={s.name} value={project} onChange={() => {}} readOnly mono help={s.nameStays} />
      <TextField
        label={s.description}
        value={now.description}
        onChange={(description) => change({ description })}
        error={at("/metadata/description")}
      />
      <LabelEditor label={s.labels} value={now.labels} onChange={(labels) => change({ labels })} />
      <TextField
        label={s.store}
        mono
        spellCheck={false}
        autoComplete="off"
        placeholder="s3://datalake"
        value={now.store}
        onChange={(store) => change({ store })}
        error={at("/spec/config/default_files_store")}
        help={s.storeHelp}
      />
      <TextField
        label={s.source}
        mono
        spellCheck={false}
        autoComplete="off"
        value={now.source}
        onChange={(source) => change({ source })}
        error={at("/spec/source")}
        help={s.sourceHelp}
      />
      <div className={css.buttons}>
        <Button
          type="submit"
          tone="primary"
          busy={save.isPending}
          disabledReason={blocked ?? (changed ? undefined : s.nothing)}
        >
          {s.save}
        </Button>
        {changed && <Button onClick={discard}>{s.discard}</Button>}
      </div>
      <Facts
        facts={[
          [s.key, <Key key="key" value={base.key} what={s.keyWord} />],
          [s.created, <TimeAgo key="created" at={base.metadata.created} />],
          [s.createdBy, base.metadata.created_by],
          [s.updated, <TimeAgo key="updated" at={base.metadata.updated} />],
          [s.updatedBy, base.metadata.updated_by],
        ]}
      />
    </form>
  );
}

function toJson({ labels, ...rest }: ProjectSettings): JsonObject {
  return { ...rest, labels: [...labels] };
}

function fromJson({ description, labels, source, store }: JsonObject): ProjectSettings {
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  return {
    description: text(description),
    labels: Array.isArray(labels) ? labels.filter((label) => typeof label === "string") : [],
    source: text(source),
    store: text(store),
  };
}
