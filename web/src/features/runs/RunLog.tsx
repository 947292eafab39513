import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo, useState } from "react";
import { useMessages } from "../../i18n/language.ts";
import { follow } from "../../live/stream.ts";
import { SkeletonRows } from "../../ui/state/Skeleton.tsx";
import { runs } from "./queries.ts";
import type { RunDoc } from "./run.ts";

const LogViewer = lazy(async () => ({ default: (await import("../../logs/LogViewer.tsx")).LogViewer }));

const main = "";

/** Where a log of a run is read: all attempts of the main container in turn, unless one or another is named. */
export function useLogPlace(project: string, id: string, which: { attempt?: string; container?: string }) {
  const base = `${location.origin}/api/v1/-/${encodeURIComponent(project)}/runs/${encodeURIComponent(id)}`;
  const named = new URLSearchParams(Object.entries(which).filter(([, value]) => value !== main)).toString();
  const query = named === "" ? "" : `?${named}`;
  const followLog = useMemo(
    () => (handlers: Parameters<typeof follow>[1], signal: AbortSignal) =>
      follow(`${base}/logs/stream${query}`, handlers, signal),
    [base, query],
  );
  return { follow: followLog, downloadHref: `${base}/log${query}` };
}

interface RunLogProps {
  project: string;
  run: RunDoc;
  line?: number | undefined;
  onLine?: ((line: number) => void) | undefined;
}

/** The log of a run, all attempts in turn, followed while it lives; other containers are tabs. */
export function RunLog({ project, run, line, onLine }: RunLogProps) {
  const m = useMessages();
  const [container, setContainer] = useState(main);
  const { data: logs } = useQuery(runs.logs(project, run.id));
  const others = useMemo(() => containersOf(logs ?? [], run.id), [logs, run.id]);
  const place = useLogPlace(project, run.id, { container });
  return (
    <Suspense fallback={<SkeletonRows />}>
      <LogViewer
        containers={[{ id: main, label: m.runs.mainContainer }, ...others.map((id) => ({ id, label: id }))]}
        container={container}
        onContainer={setContainer}
        {...place}
        start={run.status.started_at}
        line={line}
        lineHref={(at) => `${location.pathname}${location.search}#L${at}`}
        onLine={(at) => onLine?.(at)}
      />
    </Suspense>
  );
}

/** The containers beside the main one, as the ids of their logs name them: c-kind-run-container. */
export function containersOf(logs: readonly { id?: string }[], run: string): readonly string[] {
  const names = logs.flatMap(({ id = "" }) => {
    const rest = id.split(`-${run}`)[1] ?? "";
    const name = /^-(.+?)(?:-\d+)?$/.exec(rest)?.[1];
    return name === undefined || /^\d+$/.test(name) ? [] : [name];
  });
  return [...new Set(names)];
}
