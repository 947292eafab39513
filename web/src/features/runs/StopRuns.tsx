import { useMutation } from "@tanstack/react-query";
import { errorText } from "../../api/error.ts";
import { useMessages } from "../../i18n/language.ts";
import { useWriteBlock } from "../../live/state.ts";
import { Callout } from "../../ui/callout/Callout.tsx";
import { Dialog } from "../../ui/dialog/Dialog.tsx";
import { DialogFoot } from "../../ui/dialog/DialogFoot.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import { stopBlock } from "./actions.ts";
import { runChanges } from "./mutations.ts";
import type { RunDoc } from "./run.ts";

interface StopRunsProps {
  project: string;
  targets: readonly RunDoc[];
  onClose: () => void;
  onDone: () => void;
}

/** Asks before runs are stopped, and says how many of those chosen can be. */
export function StopRuns({ project, targets, onClose, onDone }: StopRunsProps) {
  const m = useMessages();
  const toast = useToast();
  const blocked = useWriteBlock();
  const bulk = useMutation(runChanges.bulk(project));
  const live = targets.filter((run) => stopBlock(m, run) === undefined);
  const skipped = targets.length - live.length;
  const confirm = () =>
    bulk.mutate(
      { action: "stop", ids: live.map((run) => run.id) },
      {
        onSuccess: ({ done, failed, results }) => {
          const first = results.find((result) => result.outcome === "failed")?.message ?? "";
          if (failed > 0) toast({ tone: "error", text: m.runs.stopFailed(failed, first) });
          if (done > 0) toast({ tone: "success", text: m.runs.stopped(done) });
          onDone();
        },
      },
    );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={
        targets.length === 1
          ? m.runs.stopTitle(targets[0]?.name ?? "")
          : m.runs.stopTitleMany(live.length, targets.length)
      }
      description={m.runs.stopHelp}
      onSubmit={confirm}
      footer={
        <DialogFoot
          submit={m.runs.stop}
          tone="danger"
          busy={bulk.isPending}
          blocked={blocked ?? (live.length === 0 ? m.runs.why.noneLive : undefined)}
          onCancel={onClose}
        />
      }
    >
      {skipped > 0 && <p>{m.runs.stopSkips(skipped)}</p>}
      {bulk.error !== null && <Callout tone="error">{errorText(bulk.error)}</Callout>}
    </Dialog>
  );
}
