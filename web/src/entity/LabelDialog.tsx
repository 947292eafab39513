import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { errorText } from "../api/error.ts";
import { useMessages } from "../i18n/language.ts";
import { useWriteBlock } from "../live/state.ts";
import { Callout } from "../ui/callout/Callout.tsx";
import { Dialog } from "../ui/dialog/Dialog.tsx";
import { DialogFoot } from "../ui/dialog/DialogFoot.tsx";
import { LabelEditor } from "../ui/labels/LabelEditor.tsx";
import { useToast } from "../ui/toast/toast.ts";

/** What gets labels. */
export interface Labelable {
  metadata: { labels?: readonly string[] | undefined };
}

interface LabelDialogProps {
  title: string;
  /** The name of the field. */
  label: string;
  targets: readonly Labelable[];
  /** Puts labels on all of them and says how many have them now. */
  add: (labels: readonly string[]) => Promise<number>;
  /** Takes off of each what it had not before. */
  undo: (labels: readonly string[]) => Promise<unknown>;
  /** What is said when it is done. */
  done: (count: number) => string;
  onClose: () => void;
}

/** The labels among some that something has not. */
export function lacking(labels: readonly string[], { metadata }: Labelable): readonly string[] {
  return labels.filter((label) => metadata.labels?.includes(label) !== true);
}

/** Adds labels to several things at once; the message afterwards takes them back. */
export function LabelDialog({ title, label, targets, add, undo, done, onClose }: LabelDialogProps) {
  const m = useMessages();
  const toast = useToast();
  const blocked = useWriteBlock();
  const [labels, setLabels] = useState<readonly string[]>([]);
  const known = [...new Set(targets.flatMap(({ metadata }) => metadata.labels ?? []))];
  const change = useMutation({ mutationFn: add });
  // The dialog is gone by then: what fails is said by another message.
  const takeBack = () => void undo(labels).catch((error: unknown) => toast({ tone: "error", text: errorText(error) }));
  const confirm = () =>
    change.mutate(labels, {
      onSuccess: (count) => {
        toast({ tone: "success", text: done(count), undo: takeBack });
        onClose();
      },
    });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      onSubmit={confirm}
      footer={
        <DialogFoot
          submit={m.runs.labelSubmit}
          busy={change.isPending}
          blocked={blocked ?? (labels.length === 0 ? m.runs.why.noLabel : undefined)}
          onCancel={onClose}
        />
      }
    >
      <LabelEditor label={label} value={labels} onChange={setLabels} suggestions={known} />
      {change.error !== null && <Callout tone="error">{errorText(change.error)}</Callout>}
    </Dialog>
  );
}
