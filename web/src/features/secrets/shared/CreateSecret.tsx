import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError, errorText } from "../../../api/error.ts";
import { DraftOffer } from "../../../entity/edit/DraftOffer.tsx";
import { useWordsDraft, wordsIn } from "../../../entity/edit/words-draft.ts";
import { type Messages, useMessages } from "../../../i18n/language.ts";
import { useWriteBlock } from "../../../live/state.ts";
import { Callout } from "../../../ui/callout/Callout.tsx";
import { Dialog } from "../../../ui/dialog/Dialog.tsx";
import { DialogFoot } from "../../../ui/dialog/DialogFoot.tsx";
import { SecretField } from "../../../ui/field/SecretField.tsx";
import { TextField } from "../../../ui/field/TextField.tsx";
import { LabelEditor } from "../../../ui/labels/LabelEditor.tsx";
import { type NewSecret, secretChanges } from "../mutations.ts";
import css from "./CreateSecret.module.css";

interface CreateSecretProps {
  project: string;
  /** Says the name of the secret that was made, or nothing where it was thought better of. */
  onClose: (made?: string) => void;
}

/**
 * Makes a secret: its name is checked by the server when its field is left, its value is only sent. The draft that
 * survives a closed tab holds the rest.
 */
export function CreateSecret({ project, onClose }: CreateSecretProps) {
  const m = useMessages();
  const blocked = useWriteBlock();
  const [draft, setDraft] = useState<NewSecret>({ name: "", value: "", description: "", labels: [] });
  const kept = useWordsDraft("new/secret", project, draft);
  const [sent, setSent] = useState(false);
  const check = useMutation(secretChanges.check(project));
  const create = useMutation(secretChanges.create(project));
  const failure = create.error ?? check.error;
  const nameError =
    sent && draft.name === ""
      ? m.secrets.nameRequired
      : failure === null
        ? undefined
        : nameProblem(m, failure, draft.name);
  const valueError = sent && draft.value === "" ? m.secrets.valueRequired : undefined;
  const change = (part: Partial<NewSecret>) => {
    const next = { ...draft, ...part };
    kept.keep(next);
    setDraft(next);
    if (part.name !== undefined) check.reset();
    create.reset();
  };
  const submit = () => {
    setSent(true);
    if (draft.name === "" || draft.value === "") return;
    create.mutate(draft, {
      onSuccess: ({ name }) => {
        kept.done();
        onClose(name);
      },
    });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={m.secrets.createTitle}
      onSubmit={submit}
      footer={
        <DialogFoot
          submit={m.secrets.createSubmit}
          busy={create.isPending}
          blocked={blocked}
          onCancel={() => onClose()}
        />
      }
    >
      <div className={css.fields}>
        <DraftOffer draft={kept.draft} base="" onRestore={(found) => change(wordsIn(found))} />
        <TextField
          label={m.secrets.name}
          required
          mono
          autoComplete="off"
          spellCheck={false}
          value={draft.name}
          onChange={(name) => change({ name })}
          onBlur={() => draft.name !== "" && check.mutate(draft.name)}
          error={nameError}
          help={check.isSuccess ? m.secrets.nameFree(draft.name) : m.secrets.nameHelp}
        />
        <SecretField
          label={m.secrets.value}
          required
          value={draft.value}
          onChange={(value) => change({ value })}
          error={valueError}
          help={m.secrets.valueHelp}
        />
        <TextField
          label={m.secrets.description}
          value={draft.description}
          onChange={(description) => change({ description })}
        />
        <LabelEditor label={m.secrets.labels} value={draft.labels} onChange={(labels) => change({ labels })} />
        {failure !== null && nameError === undefined && <Callout tone="error">{errorText(failure)}</Callout>}
      </div>
    </Dialog>
  );
}

// The server says which rule was broken; the words are ours, so that they speak the language chosen.
function nameProblem(m: Messages, error: Error, name: string): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const field = error.fields.find(({ pointer }) => ["/name", "/id", "/spec/path"].includes(pointer));
  if (field === undefined) return undefined;
  if (field.rule === "duplicate") return m.secrets.nameTaken(name);
  return field.rule === "pattern" ? m.secrets.nameRule : field.message;
}
