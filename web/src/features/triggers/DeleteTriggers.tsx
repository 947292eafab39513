import { useMutation, useQueries } from "@tanstack/react-query";
import { errorText } from "../../api/error.ts";
import { useFormat, useMessages } from "../../i18n/language.ts";
import { useWriteBlock } from "../../live/state.ts";
import { ConfirmDanger } from "../../ui/dialog/ConfirmDanger.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import { triggerChanges } from "./mutations.ts";
import { triggers } from "./queries.ts";

interface DeleteTriggersProps {
  project: string;
  targets: readonly { id: string; name: string }[];
  onClose: () => void;
  onDone: () => void;
}

/** Deletes triggers after it has said how many runs of theirs stay. */
export function DeleteTriggers({ project, targets, onClose, onDone }: DeleteTriggersProps) {
  const m = useMessages();
  const f = useFormat();
  const toast = useToast();
  const blocked = useWriteBlock();
  const fired = useQueries({
    queries: targets.map(({ id }) => triggers.runs(project, id)),
    combine: (results) => ({
      known: results.every((result) => result.data !== undefined),
      total: results.reduce((sum, result) => sum + (result.data?.total ?? 0), 0),
      error: results.find((result) => result.error !== null)?.error ?? null,
    }),
  });
  const remove = useMutation(triggerChanges.remove(project));
  const failure = remove.error ?? fired.error;
  const names = targets.map((each) => each.name);
  return (
    <ConfirmDanger
      open
      onOpenChange={(open) => !open && onClose()}
      title={m.triggers.deleteTitle(names.length, names[0] ?? "")}
      effects={
        fired.known
          ? [
              m.triggers.goes(f.list(names)),
              fired.total === 0 ? m.triggers.nothingStays : m.triggers.runsStay(fired.total),
            ]
          : undefined
      }
      counting={m.ui.danger.counting}
      submit={m.triggers.delete}
      busy={remove.isPending}
      failure={failure === null ? undefined : errorText(failure)}
      blocked={blocked}
      onConfirm={() =>
        remove.mutate(
          targets.map(({ id }) => id),
          {
            onSuccess: (count) => {
              toast({ tone: "success", text: m.triggers.deleted(count) });
              onDone();
            },
          },
        )
      }
    />
  );
}
