import { useMutation } from "@tanstack/react-query";
import { errorText } from "../../api/error.ts";
import { useMessages } from "../../i18n/language.ts";
import { useWriteBlock } from "../../live/state.ts";
import { ConfirmDanger } from "../../ui/dialog/ConfirmDanger.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import { runChanges } from "./mutations.ts";
import { lives, type RunDoc } from "./run.ts";

interface DeleteRunsProps {
  project: string;
  targets: readonly RunDoc[];
  onClose: () => void;
  onDone: () => void;
}

/** Deletes runs after it has said what goes: their logs and metrics, and the processes of those that still run. */
export function DeleteRuns({ project, targets, onClose, onDone }: DeleteRunsProps) {
  const m = useMessages();
  const toast = useToast();
  const blocked = useWriteBlock();
  const bulk = useMutation(runChanges.bulk(project));
  const live = targets.filter(lives).length;
  const confirm = () =>
    bulk.mutate(
      { action: "delete", ids: targets.map((run) => run.id) },
      {
        onSuccess: ({ done, failed, results }) => {
          const first = results.find((result) => result.outcome === "failed")?.message ?? "";
          if (failed > 0) toast({ tone: "error", text: m.runs.deleteFailed(failed, first) });
          if (done > 0) toast({ tone: "success", text: m.runs.deleted(done) });
          onDone();
        },
      },
    );
  return (
    <ConfirmDanger
      open
      onOpenChange={(open) => !open && onClose()}
      title={m.runs.deleteTitle(targets.length, targets[0]?.name ?? "")}
      effects={[m.runs.goesRuns(targets.length), ...(live > 0 ? [m.runs.goesLive(live)] : []), m.runs.staysOutputs]}
      submit={m.runs.delete}
      busy={bulk.isPending}
      failure={bulk.error === null ? undefined : errorText(bulk.error)}
      blocked={blocked}
      onConfirm={confirm}
    />
  );
}
