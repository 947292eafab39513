import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ApiError, errorText } from "../../api/error.ts";
import { DraftOffer } from "../../entity/edit/DraftOffer.tsx";
import { useWordsDraft, wordsIn } from "../../entity/edit/words-draft.ts";
import { type Messages, useMessages } from "../../i18n/language.ts";
import { useWriteBlock } from "../../live/state.ts";
import { Callout } from "../../ui/callout/Callout.tsx";
import { Dialog } from "../../ui/dialog/Dialog.tsx";
import { DialogFoot } from "../../ui/dialog/DialogFoot.tsx";
import { TextField } from "../../ui/field/TextField.tsx";
import { LabelEditor } from "../../ui/labels/LabelEditor.tsx";
import css from "./CreateProject.module.css";
import { type NewProject, projectChanges } from "./mutations.ts";

/** Makes a project and opens it. The server's dry run checks the name when the field is left. */
export function CreateProject({ onClose }: { onClose: () => void }) {
  const m = useMessages();
  const navigate = useNavigate();
  const blocked = useWriteBlock();
  const [draft, setDraft] = useState<NewProject>({ name: "", description: "", labels: [] });
  const kept = useWordsDraft("new/project", "", draft);
  const check = useMutation(projectChanges.check());
  const create = useMutation(projectChanges.create(useQueryClient()));
  const failure = create.error ?? check.error;
  const nameError =
    failure === null
      ? undefined
      : nameProblem(m, failure, (create.error === null ? check.variables : create.variables)?.name ?? "");
  const change = (part: Partial<NewProject>) => {
    const next = { ...draft, ...part };
    kept.keep(next);
    setDraft(next);
    if (part.name !== undefined) {
      check.reset();
      create.reset();
    }
  };
  const submit = () =>
    create.mutate(draft, {
      onSuccess: ({ name }) => {
        kept.done();
        void navigate({ to: "/p/$project", params: { project: name } });
      },
    });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={m.projects.createTitle}
      onSubmit={submit}
      footer={
        <DialogFoot submit={m.projects.createSubmit} busy={create.isPending} blocked={blocked} onCancel={onClose} />
      }
    >
      <div className={css.fields}>
        <DraftOffer draft={kept.draft} base="" onRestore={(found) => change(wordsIn(found))} />
        <TextField
          label={m.projects.name}
          required
          mono
          autoComplete="off"
          value={draft.name}
          onChange={(name) => change({ name })}
          onBlur={() => draft.name !== "" && check.mutate(draft)}
          error={nameError}
          help={
            check.isSuccess && nameError === undefined
              ? m.projects.nameFree(draft.name)
              : check.isPending
                ? m.projects.checking
                : m.projects.nameHelp
          }
        />
        <TextField
          label={m.projects.description}
          value={draft.description}
          onChange={(description) => change({ description })}
        />
        <LabelEditor label={m.projects.labels} value={draft.labels} onChange={(labels) => change({ labels })} />
        {failure !== null && nameError === undefined && <Callout tone="error">{errorText(failure)}</Callout>}
      </div>
    </Dialog>
  );
}

// The server says which rule was broken; the words are ours, so that they speak the language chosen.
function nameProblem(m: Messages, error: Error, name: string): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const field = error.fields.find(({ pointer }) => pointer === "/name" || pointer === "/id");
  if (field === undefined) return undefined;
  if (name === "") return m.projects.nameRequired;
  if (field.rule === "duplicate") return m.projects.nameTaken(name);
  return field.rule === "pattern" ? m.projects.nameRule : field.message;
}
