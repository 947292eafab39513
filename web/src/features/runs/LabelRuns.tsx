import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { errorText } from "../../api/error.ts";
import { useMessages } from "../../i18n/language.ts";
import { useWriteBlock } from "../../live/state.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Callout } from "../../ui/callout/Callout.tsx";
import { Dialog } from "../../ui/dialog/Dialog.tsx";
import { LabelEditor } from "../../ui/labels/LabelEditor.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import { runChanges } from "./mutations.ts";
import type { RunDoc } from "./run.ts";

interface LabelRunsProps {
  project: string;
  targets: readonly RunDoc[];
  onClose: () => void;
}

/** Adds labels to runs; the message afterwards takes them back. */
export function LabelRuns({ project, targets, onClose }: LabelRunsProps) {
  const m = useMessages();
  const toast = useToast();
  const blocked = useWriteBlock();
  const [labels, setLabels] = useState<readonly string[]>([]);
  const bulk = useMutation(runChanges.bulk(project));
  const ids = targets.map((run) => run.id);
  const known = [...new Set(targets.flatMap((run) => run.metadata.labels ?? []))];
  const confirm = () =>
    bulk.mutate(
      { action: "label", ids, add: labels },
      {
        onSuccess: ({ done }) => {
          const undo = () =>
            bulk.mutate({ action: "label", ids, remove: labels.filter((label) => !known.includes(label)) });
          toast({ tone: "success", text: m.runs.labelled(done), undo });
          onClose();
        },
      },
    );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={m.runs.labelTitle(targets.length)}
      onSubmit={confirm}
      footer={
        <>
          <Button onClick={onClose}>{m.ui.cancel}</Button>
          <Button
            type="submit"
            tone="primary"
            busy={bulk.isPending}
            disabledReason={blocked ?? (labels.length === 0 ? m.runs.why.noLabel : undefined)}
          >
            {m.runs.labelSubmit}
          </Button>
        </>
      }
    >
      <LabelEditor label={m.runs.columns.labels} value={labels} onChange={setLabels} suggestions={known} />
      {bulk.error !== null && <Callout tone="error">{errorText(bulk.error)}</Callout>}
    </Dialog>
  );
}
