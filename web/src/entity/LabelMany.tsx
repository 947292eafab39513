import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { errorText } from "../api/error.ts";
import type { CacheEntity } from "../api/keys.ts";
import { useMessages } from "../i18n/language.ts";
import { tellChange } from "../live/tell.ts";
import { useWriteBlock } from "../live/state.ts";
import { Button } from "../ui/button/Button.tsx";
import { Callout } from "../ui/callout/Callout.tsx";
import { Dialog } from "../ui/dialog/Dialog.tsx";
import { LabelEditor } from "../ui/labels/LabelEditor.tsx";
import { useToast } from "../ui/toast/toast.ts";
import { type Labelled, type Labels, relabel } from "./label-many.ts";

interface Target {
  id: string;
  name: string;
  metadata: { labels?: readonly string[] };
}

interface LabelManyProps extends Labelled {
  project: string;
  entity: CacheEntity;
  targets: readonly Target[];
  onClose: () => void;
}

/** Adds labels to the newest versions of chosen rows, one after the other; the message afterwards takes them back. */
export function LabelMany({ project, entity, targets, onClose, ...how }: LabelManyProps) {
  const m = useMessages();
  const toast = useToast();
  const blocked = useWriteBlock();
  const [labels, setLabels] = useState<readonly string[]>([]);
  const known = [...new Set(targets.flatMap(({ metadata }) => metadata.labels ?? []))];
  const change = useMutation({
    mutationFn: async (of: (target: Target) => Labels) => {
      for (const target of targets) {
        await relabel(how, target.id, of(target));
        tellChange({ verb: "update", entity, project, id: target.id, name: target.name });
      }
    },
  });
  const undo = () =>
    change.mutate(({ metadata }) => ({ remove: labels.filter((label) => metadata.labels?.includes(label) !== true) }));
  const confirm = () =>
    change.mutate(() => ({ add: labels }), {
      onSuccess: () => {
        toast({ tone: "success", text: m.entities.labelled(targets.length), undo });
        onClose();
      },
    });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={m.entities.labelTitle(targets.length)}
      onSubmit={confirm}
      footer={
        <>
          <Button onClick={onClose}>{m.ui.cancel}</Button>
          <Button
            type="submit"
            tone="primary"
            busy={change.isPending}
            disabledReason={blocked ?? (labels.length === 0 ? m.runs.why.noLabel : undefined)}
          >
            {m.runs.labelSubmit}
          </Button>
        </>
      }
    >
      <LabelEditor label={m.functions.labels} value={labels} onChange={setLabels} suggestions={known} />
      {change.error !== null && <Callout tone="error">{errorText(change.error)}</Callout>}
    </Dialog>
  );
}
