import { useMutation } from "@tanstack/react-query";
import { LabelDialog, lacking } from "../../entity/LabelDialog.tsx";
import { useMessages } from "../../i18n/language.ts";
import { runChanges } from "./mutations.ts";
import type { RunDoc } from "./run.ts";

interface LabelRunsProps {
  project: string;
  targets: readonly RunDoc[];
  onClose: () => void;
}

/** Adds labels to runs, all in one call. */
export function LabelRuns({ project, targets, onClose }: LabelRunsProps) {
  const m = useMessages();
  const { mutateAsync: bulk } = useMutation(runChanges.bulk(project));
  const idsOf = (runs: readonly RunDoc[]) => runs.map((run) => run.id);
  // A run that had one of the labels keeps it.
  const undo = async (labels: readonly string[]) => {
    for (const label of labels) {
      const ids = idsOf(targets.filter((run) => lacking([label], run).length > 0));
      if (ids.length > 0) await bulk({ action: "label", ids, remove: [label] });
    }
  };
  return (
    <LabelDialog
      title={m.runs.labelTitle(targets.length)}
      label={m.runs.columns.labels}
      targets={targets}
      add={async (labels) => (await bulk({ action: "label", ids: idsOf(targets), add: labels })).done}
      undo={undo}
      done={m.runs.labelled}
      onClose={onClose}
    />
  );
}
