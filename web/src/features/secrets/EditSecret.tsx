import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { errorText } from "../../api/error.ts";
import { Conflict } from "../../entity/edit/Conflict.tsx";
import { asValue, changedPaths } from "../../entity/edit/document.ts";
import { DraftOffer } from "../../entity/edit/DraftOffer.tsx";
import { useWordsDraft, wordsIn } from "../../entity/edit/words-draft.ts";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { useWriteBlock } from "../../live/state.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Callout } from "../../ui/callout/Callout.tsx";
import { Dialog } from "../../ui/dialog/Dialog.tsx";
import { DialogFoot } from "../../ui/dialog/DialogFoot.tsx";
import { SecretField } from "../../ui/field/SecretField.tsx";
import { TextField } from "../../ui/field/TextField.tsx";
import { LabelEditor } from "../../ui/labels/LabelEditor.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import { type SecretEdit, secretChanges, secretDocument } from "./mutations.ts";
import type { SecretDoc } from "./queries.ts";
import css from "./Secrets.module.css";

interface EditSecretProps {
  project: string;
  doc: SecretDoc;
  onClose: () => void;
}

/**
 * Replaces the value of a secret, or what is said of it. The old value is not needed and not shown. What is said is kept
 * as a draft; the value never is, so a dialog that was closed asks for it again.
 */
export function EditSecret({ project, doc: opened, onClose }: EditSecretProps) {
  const m = useMessages();
  const f = useFormat();
  const toast = useToast();
  const blocked = useWriteBlock();
  // What the form stands on: as it was opened, whatever comes in meanwhile.
  const [doc, setDoc] = useState(opened);
  const [theirs, setTheirs] = useState<SecretDoc | undefined>(undefined);
  const [overtaken, setOvertaken] = useState(false);
  const [draft, setDraft] = useState<SecretEdit>({
    value: "",
    description: doc.metadata.description ?? "",
    labels: doc.metadata.labels ?? [],
  });
  const edit = useMutation(secretChanges.edit(project, doc));
  const words = ({ description, labels }: SecretEdit) => ({ name: doc.name, description, labels });
  const kept = useWordsDraft("edit/secret", `${project}/${doc.id}`, words(draft), doc.metadata.updated);
  const change = (part: Partial<SecretEdit>) => {
    const next = { ...draft, ...part };
    if (part.value === undefined) kept.keep(words(next));
    setDraft(next);
  };
  const side = (of: SecretDoc) => ({
    version: m.editor.conflict.version(of.metadata.updated_by, f.dateTime(of.metadata.updated)),
    document: secretDocument(of),
  });
  const meet = (now: SecretDoc) => {
    setOvertaken(draft.value !== "");
    if (changedPaths(asValue(side(doc).document), asValue(side(now).document)).length > 0) setTheirs(now);
    else setDoc(now);
  };
  if (theirs !== undefined) {
    return (
      <Dialog
        open
        size="wide"
        onOpenChange={(open) => !open && onClose()}
        title={m.secrets.editTitle(doc.name)}
        footer={<Button onClick={onClose}>{m.ui.cancel}</Button>}
      >
        <Conflict
          base={side(doc)}
          mine={secretDocument(doc, draft)}
          theirs={side(theirs)}
          onMerged={({ metadata: { description, labels } }) => {
            change({
              description: typeof description === "string" ? description : "",
              labels: Array.isArray(labels) ? labels.filter((label) => typeof label === "string") : [],
            });
            setDoc(theirs);
            setTheirs(undefined);
          }}
        />
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={m.secrets.editTitle(doc.name)}
      onSubmit={() =>
        edit.mutate(draft, {
          onSuccess: (outcome) => {
            if ("theirs" in outcome) {
              meet(outcome.theirs.doc);
              return;
            }
            kept.done();
            toast({
              tone: "success",
              text: draft.value === "" ? m.secrets.saved(doc.name) : m.secrets.replaced(doc.name),
            });
            onClose();
          },
        })
      }
      footer={
        <DialogFoot
          submit={draft.value === "" ? m.secrets.saveMetadata : m.secrets.replaceValue}
          busy={edit.isPending}
          blocked={blocked}
          onCancel={onClose}
        />
      }
    >
      <div className={css.fields}>
        <DraftOffer
          draft={kept.draft}
          base={doc.metadata.updated}
          onRestore={(found) => {
            const { description, labels } = wordsIn(found);
            change({ description, labels });
          }}
        />
        {overtaken && (
          <Callout tone="warning" title={m.editor.conflict.title}>
            {m.secrets.overtaken(doc.metadata.updated_by, f.dateTime(doc.metadata.updated))}
          </Callout>
        )}
        <TextField
          label={m.secrets.name}
          value={doc.name}
          onChange={() => {}}
          readOnly
          mono
          help={m.secrets.nameStays}
        />
        <SecretField
          label={m.secrets.newValue}
          value={draft.value}
          onChange={(value) => change({ value })}
          help={m.secrets.newValueHelp}
        />
        <TextField
          label={m.secrets.description}
          value={draft.description}
          onChange={(description) => change({ description })}
        />
        <LabelEditor label={m.secrets.labels} value={draft.labels} onChange={(labels) => change({ labels })} />
        {edit.error !== null && <Callout tone="error">{errorText(edit.error)}</Callout>}
      </div>
    </Dialog>
  );
}
