import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { errorText } from "../../api/error.ts";
import { useMessages } from "../../i18n/language.ts";
import { useWriteBlock } from "../../live/state.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Callout } from "../../ui/callout/Callout.tsx";
import { Dialog } from "../../ui/dialog/Dialog.tsx";
import { SecretField } from "../../ui/field/SecretField.tsx";
import { TextField } from "../../ui/field/TextField.tsx";
import { LabelEditor } from "../../ui/labels/LabelEditor.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import { type SecretEdit, secretChanges } from "./mutations.ts";
import type { SecretDoc } from "./queries.ts";
import css from "./Secrets.module.css";

interface EditSecretProps {
  project: string;
  doc: SecretDoc;
  onClose: () => void;
}

/** Replaces the value of a secret, or what is said of it. The old value is not needed and not shown. */
export function EditSecret({ project, doc, onClose }: EditSecretProps) {
  const m = useMessages();
  const toast = useToast();
  const blocked = useWriteBlock();
  const [draft, setDraft] = useState<SecretEdit>({
    value: "",
    description: doc.metadata.description ?? "",
    labels: doc.metadata.labels ?? [],
  });
  const edit = useMutation(secretChanges.edit(project, doc));
  const change = (part: Partial<SecretEdit>) => setDraft({ ...draft, ...part });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={m.secrets.editTitle(doc.name)}
      onSubmit={() =>
        edit.mutate(draft, {
          onSuccess: () => {
            toast({
              tone: "success",
              text: draft.value === "" ? m.secrets.saved(doc.name) : m.secrets.replaced(doc.name),
            });
            onClose();
          },
        })
      }
      footer={
        <>
          <Button onClick={onClose}>{m.ui.cancel}</Button>
          <Button type="submit" tone="primary" busy={edit.isPending} disabledReason={blocked}>
            {draft.value === "" ? m.secrets.saveMetadata : m.secrets.replaceValue}
          </Button>
        </>
      }
    >
      <div className={css.fields}>
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
