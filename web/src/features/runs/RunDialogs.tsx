import { DeleteRuns } from "./DeleteRuns.tsx";
import { LabelRuns } from "./LabelRuns.tsx";
import type { RunDoc } from "./run.ts";
import { StopRuns } from "./StopRuns.tsx";

/** Which dialog about runs is open, and about which. */
export interface RunDialog {
  is: "stop" | "delete" | "label";
  targets: readonly RunDoc[];
}

interface RunDialogsProps {
  project: string;
  dialog: RunDialog | undefined;
  onClose: () => void;
  /** Runs were stopped or deleted. */
  onDone: () => void;
}

/** The dialogs that ask before something is done with runs. */
export function RunDialogs({ project, dialog, onClose, onDone }: RunDialogsProps) {
  if (dialog === undefined) return null;
  const { is, targets } = dialog;
  if (is === "stop") return <StopRuns project={project} targets={targets} onClose={onClose} onDone={onDone} />;
  if (is === "delete") return <DeleteRuns project={project} targets={targets} onClose={onClose} onDone={onDone} />;
  return <LabelRuns project={project} targets={targets} onClose={onClose} />;
}
