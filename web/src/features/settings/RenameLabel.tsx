import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError, errorText } from "../../api/error.ts";
import { useMessages } from "../../i18n/language.ts";
import { useWriteBlock } from "../../live/state.ts";
import { Callout } from "../../ui/callout/Callout.tsx";
import { Dialog } from "../../ui/dialog/Dialog.tsx";
import { DialogFoot } from "../../ui/dialog/DialogFoot.tsx";
import { TextField } from "../../ui/field/TextField.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import { labelChanges, type UsedLabel, carriers } from "./labels.ts";
import { settings } from "./queries.ts";
import css from "./Settings.module.css";

interface RenameLabelProps {
  project: string;
  label: UsedLabel;
  onClose: () => void;
}

/** Asks for the new name of a label. A rename can be undone by the message afterwards, a merge cannot. */
export function RenameLabel({ project, label, onClose }: RenameLabelProps) {
  const m = useMessages();
  const s = m.settings.labelsTab;
  const toast = useToast();
  const queries = useQueryClient();
  const blocked = useWriteBlock();
  const [typed, setTyped] = useState(label.label);
  const change = useMutation(labelChanges.rename(queries, project));
  const to = typed.trim();
  const carried = carriers(label);
  // The list shows a part of the labels: whether this one is in use is asked for by itself.
  const used = useQuery(settings.hasLabel(project, to));
  const merged = to !== label.label && used.data === true;
  const unfit = to === "" ? s.empty : to === label.label ? s.same : to.includes(",") ? s.comma : undefined;
  const wrong = change.error instanceof ApiError ? change.error.fields.find(({ pointer }) => pointer === "/to") : null;
  // The dialog is gone by then: what fails is said by another message.
  const takeBack = () =>
    void change
      .mutateAsync({ from: to, to: label.label })
      .catch((failure: unknown) => toast({ tone: "error", text: errorText(failure) }));
  const confirm = () =>
    change.mutate(
      { from: label.label, to },
      {
        onSuccess: ({ entities, runs, merged: one }) => {
          toast({
            tone: "success",
            text: s.renamed(label.label, to, entities + runs),
            ...(one !== true && { undo: takeBack }),
          });
          onClose();
        },
      },
    );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={s.rename(label.label)}
      onSubmit={confirm}
      footer={
        <DialogFoot
          submit={merged ? s.merge : s.renameSubmit}
          busy={change.isPending}
          blocked={blocked ?? unfit}
          onCancel={onClose}
        />
      }
    >
      <div className={css.sections}>
        <p>{s.carried(s.entities(carried.entities), s.runs(carried.runs))}</p>
        <TextField label={s.name} value={typed} onChange={setTyped} autoComplete="off" error={wrong?.message} />
        {merged && (
          <Callout tone="warning" title={s.merges(to)}>
            {s.mergesHelp}
          </Callout>
        )}
        {change.error !== null && wrong?.message === undefined && (
          <Callout tone="error">{errorText(change.error)}</Callout>
        )}
      </div>
    </Dialog>
  );
}
