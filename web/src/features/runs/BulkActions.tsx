import { useMutation } from "@tanstack/react-query";
import { Tag } from "lucide-react";
import { errorText } from "../../api/error.ts";
import { ButtonLink } from "../../entity/links.tsx";
import { useMessages } from "../../i18n/language.ts";
import { useWriteBlock } from "../../live/state.ts";
import { Button } from "../../ui/button/Button.tsx";
import { useToast } from "../../ui/toast/toast.ts";
import { compareBlock, comparedIds, rerunBlock, runActions, stopBlock } from "./actions.ts";
import { runChanges } from "./mutations.ts";
import type { RunRow } from "./run.ts";

interface BulkActionsProps {
  project: string;
  chosen: readonly RunRow[];
  onStop: () => void;
  onLabel: () => void;
  onDelete: () => void;
  onDone: () => void;
}

/** What can be done with the chosen runs together. */
export function BulkActions({ project, chosen, onStop, onLabel, onDelete, onDone }: BulkActionsProps) {
  const m = useMessages();
  const toast = useToast();
  const blocked = useWriteBlock();
  const bulk = useMutation(runChanges.bulk(project));
  const few = compareBlock(m, chosen.length);
  const again = chosen.filter((run) => rerunBlock(m, run) === undefined);
  const live = chosen.some((run) => stopBlock(m, run) === undefined);
  const rerun = () =>
    bulk.mutate(
      { action: "rerun", ids: again.map((run) => run.id) },
      {
        onSuccess: ({ done, failed, results }) => {
          const first = results.find((result) => result.outcome === "failed")?.message ?? "";
          if (failed > 0) toast({ tone: "error", text: m.runs.rerunFailed(failed, first) });
          if (done > 0) toast({ tone: "success", text: m.runs.reran(done) });
          onDone();
        },
        onError: (error) => toast({ tone: "error", text: errorText(error) }),
      },
    );
  const {
    compare: Compare,
    rerun: Rerun,
    stop: Stop,
    delete: Delete,
  } = {
    compare: runActions.compare.icon,
    rerun: runActions.rerun.icon,
    stop: runActions.stop.icon,
    delete: runActions.delete.icon,
  };
  return (
    <>
      {few === undefined ? (
        <ButtonLink
          size="small"
          icon={<Compare />}
          to="/p/$project/compare/runs"
          params={{ project }}
          search={{ ids: comparedIds(chosen) }}
        >
          {m.runs.compare}
        </ButtonLink>
      ) : (
        <Button size="small" icon={<Compare />} disabledReason={few}>
          {m.runs.compare}
        </Button>
      )}
      <Button
        size="small"
        icon={<Rerun />}
        busy={bulk.isPending}
        disabledReason={blocked ?? (again.length === 0 ? m.runs.why.local : undefined)}
        onClick={rerun}
      >
        {m.runs.rerun}
      </Button>
      <Button
        size="small"
        icon={<Stop />}
        disabledReason={blocked ?? (live ? undefined : m.runs.why.noneLive)}
        onClick={onStop}
      >
        {m.runs.stop}
      </Button>
      <Button size="small" icon={<Tag />} disabledReason={blocked} onClick={onLabel}>
        {m.runs.label}
      </Button>
      <Button size="small" tone="danger" icon={<Delete />} disabledReason={blocked} onClick={onDelete}>
        {m.runs.delete}
      </Button>
    </>
  );
}
