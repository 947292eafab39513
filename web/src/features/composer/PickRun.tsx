import { useQuery } from "@tanstack/react-query";
import { useMessages } from "../../i18n/language.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Dialog } from "../../ui/dialog/Dialog.tsx";
import { ErrorPanel } from "../../ui/state/ErrorPanel.tsx";
import { SkeletonRows } from "../../ui/state/Skeleton.tsx";
import { StatusBadge } from "../../ui/status/StatusBadge.tsx";
import { TimeAgo } from "../../ui/time/TimeAgo.tsx";
import { runs } from "../runs/queries.ts";
import css from "./Composer.module.css";

interface PickRunProps {
  project: string;
  name: string;
  kind: string;
  onPick: (run: string) => void;
  onClose: () => void;
}

const offered = 30;

/** The newest runs of the function, to begin from one of them. */
export function PickRun({ project, name, kind, onPick, onClose }: PickRunProps) {
  const m = useMessages();
  const words = m.composer.start;
  const { data, error, refetch } = useQuery(runs.ofFunction(project, name, kind, offered));
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={words.pick} size="wide">
      {data === undefined &&
        (error === null ? (
          <SkeletonRows />
        ) : (
          <ErrorPanel error={error} what={m.runs.noun.other} onRetry={() => void refetch()} />
        ))}
      {data?.length === 0 && <p>{words.noRuns}</p>}
      <ul className={css.pick}>
        {data?.map((run) => (
          <li key={run.id}>
            <Button tone="quiet" onClick={() => onPick(run.id)}>
              {run.name}
            </Button>
            <StatusBadge state={run.status.state} entity="run" />
            <TimeAgo at={run.metadata.created} />
            <code title={JSON.stringify(run.spec.parameters ?? {})}>{JSON.stringify(run.spec.parameters ?? {})}</code>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
