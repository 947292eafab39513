import { useQuery } from "@tanstack/react-query";
import { ButtonLink } from "../../entity/links.tsx";
import { useMessages } from "../../i18n/language.ts";
import { Drawer } from "../../ui/dialog/Drawer.tsx";
import { ErrorPanel } from "../../ui/state/ErrorPanel.tsx";
import { runs } from "./queries.ts";
import { RunLog } from "./RunLog.tsx";

/** A look into a run's log beside the list. */
export function LogPeek({ project, id, onClose }: { project: string; id: string; onClose: () => void }) {
  const m = useMessages();
  const { data: run, error, refetch } = useQuery(runs.detail(project, id));
  return (
    <Drawer
      open
      onOpenChange={(open) => !open && onClose()}
      title={m.runs.logOf(run?.name ?? id)}
      footer={
        <ButtonLink to="/p/$project/runs/$id/{-$tab}" params={{ project, id, tab: "logs" }}>
          {m.runs.openRun}
        </ButtonLink>
      }
    >
      {run !== undefined ? (
        <RunLog project={project} run={run} />
      ) : (
        error !== null && <ErrorPanel error={error} what={m.runs.logOf(id)} onRetry={() => void refetch()} />
      )}
    </Drawer>
  );
}
