import { useMutation, useQueryClient } from "@tanstack/react-query";
import { errorText } from "../../api/error.ts";
import { useMessages } from "../../i18n/language.ts";
import { useWriteBlock } from "../../live/state.ts";
import { ConfirmDanger } from "../../ui/dialog/ConfirmDanger.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import { labelChanges, type UsedLabel, carriers } from "./labels.ts";

interface RemoveLabelProps {
  project: string;
  label: UsedLabel;
  onClose: () => void;
}

/** Asks before a label is taken away from all that carries it; what carried it stays. */
export function RemoveLabel({ project, label, onClose }: RemoveLabelProps) {
  const m = useMessages();
  const s = m.settings.labelsTab;
  const toast = useToast();
  const blocked = useWriteBlock();
  const remove = useMutation(labelChanges.remove(useQueryClient(), project));
  const { entities, runs } = carriers(label);
  return (
    <ConfirmDanger
      open
      onOpenChange={(open) => !open && onClose()}
      title={s.remove(label.label)}
      effects={[
        ...(entities.n > 0 ? [s.losing(s.entities(entities))] : []),
        ...(runs.n > 0 ? [s.losing(s.runs(runs))] : []),
      ]}
      submit={s.removeSubmit}
      busy={remove.isPending}
      failure={remove.error === null ? undefined : errorText(remove.error)}
      blocked={blocked}
      onConfirm={() =>
        remove.mutate(label.label, {
          onSuccess: (done) => {
            toast({ tone: "success", text: s.removed(label.label, done.entities + done.runs) });
            onClose();
          },
        })
      }
    />
  );
}
