import { useQuery } from "@tanstack/react-query";
import { Columns2 } from "lucide-react";
import { useMemo, useState } from "react";
import { useMessages } from "../../i18n/language.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Dialog } from "../../ui/dialog/Dialog.tsx";
import { ErrorPanel } from "../../ui/state/ErrorPanel.tsx";
import { SkeletonRows } from "../../ui/state/Skeleton.tsx";
import { StatusBadge } from "../../ui/status/StatusBadge.tsx";
import { TimeAgo } from "../../ui/time/TimeAgo.tsx";
import { besideOf } from "./page-search.ts";
import { runs } from "./queries.ts";
import { executableOf, type RunDoc, statusEntity } from "./run.ts";
import { containersOf, RunLog } from "./RunLog.tsx";
import css from "./RunLogs.module.css";
import { SecondLog } from "./SecondLog.tsx";

interface RunLogsProps {
  project: string;
  run: RunDoc;
  line: number | undefined;
  onLine: (line: number) => void;
  /** What stands beside the log, as the URL says it. */
  beside: string | undefined;
  onBeside: (beside: string | undefined) => void;
}

/** The log of a run's page, alone or with a second one beside it. */
export function RunLogs({ project, run, line, onLine, beside, onBeside }: RunLogsProps) {
  const m = useMessages();
  const [choosing, setChoosing] = useState(false);
  const second = besideOf(beside);
  return (
    <div className={css.logs} data-two={second !== undefined || undefined}>
      <div className={css.tools}>
        <Button size="small" tone="quiet" icon={<Columns2 />} onClick={() => setChoosing(true)}>
          {m.runs.secondLog.show}
        </Button>
      </div>
      <div className={css.panes}>
        <RunLog project={project} run={run} line={line} onLine={onLine} />
        {second !== undefined && (
          <SecondLog project={project} run={run} beside={second} onClose={() => onBeside(undefined)} />
        )}
      </div>
      {choosing && (
        <ChooseLog
          project={project}
          run={run}
          onChoose={(chosen) => {
            setChoosing(false);
            onBeside(chosen);
          }}
          onClose={() => setChoosing(false)}
        />
      )}
    </div>
  );
}

const offered = 20;

interface ChooseLogProps {
  project: string;
  run: RunDoc;
  onChoose: (beside: string) => void;
  onClose: () => void;
}

/** The logs that can stand beside that of a run: its attempts and containers, and the newest runs of its function. */
function ChooseLog({ project, run, onChoose, onClose }: ChooseLogProps) {
  const m = useMessages();
  const words = m.runs.secondLog;
  const of = executableOf(run);
  const { data: logs } = useQuery(runs.logs(project, run.id));
  const containers = useMemo(() => containersOf(logs ?? [], run.id), [logs, run.id]);
  const { data, error, refetch } = useQuery({
    ...runs.ofFunction(project, of?.name ?? "", run.kind, offered),
    enabled: of !== undefined,
  });
  const attempts = run.status.attempts ?? [];
  const others = data?.filter(({ id }) => id !== run.id) ?? [];
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={words.show} description={words.help} size="wide">
      {attempts.length + containers.length > 0 && (
        <ul className={css.choices} aria-label={words.ofRun}>
          {attempts.map(({ number, state }) => (
            <li key={number}>
              <Button tone="quiet" onClick={() => onChoose(`attempt:${number}`)}>
                {`${m.runs.page.attempt} ${number}`}
              </Button>
              {state !== undefined && <StatusBadge state={state} entity={statusEntity(run.kind)} />}
            </li>
          ))}
          {containers.map((name) => (
            <li key={name}>
              <Button tone="quiet" onClick={() => onChoose(`container:${name}`)}>
                {name}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {data === undefined && error !== null ? (
        <ErrorPanel error={error} what={m.runs.noun.other} onRetry={() => void refetch()} />
      ) : of !== undefined && data === undefined ? (
        <SkeletonRows />
      ) : others.length === 0 ? (
        <p>{words.noOther}</p>
      ) : (
        <ul className={css.choices} aria-label={words.ofOthers(of?.name ?? "")}>
          {others.map((other) => (
            <li key={other.id}>
              <Button tone="quiet" onClick={() => onChoose(`run:${other.id}`)}>
                {other.name}
              </Button>
              <StatusBadge state={other.status.state} entity={statusEntity(other.kind)} />
              <TimeAgo at={other.metadata.created} />
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
