import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { X } from "lucide-react";
import { lazy, Suspense } from "react";
import { useMessages } from "../../i18n/language.ts";
import { IconButton } from "../../ui/button/IconButton.tsx";
import { ErrorPanel } from "../../ui/state/ErrorPanel.tsx";
import { SkeletonRows } from "../../ui/state/Skeleton.tsx";
import { StatusBadge } from "../../ui/status/StatusBadge.tsx";
import type { Beside } from "./page-search.ts";
import { runs } from "./queries.ts";
import { type RunDoc, statusEntity } from "./run.ts";
import { useLogPlace } from "./RunLog.tsx";
import css from "./RunLogs.module.css";

const LogViewer = lazy(async () => ({ default: (await import("../../logs/LogViewer.tsx")).LogViewer }));

interface SecondLogProps {
  project: string;
  run: RunDoc;
  beside: Beside;
  onClose: () => void;
}

/** The log beside the run's own: of an attempt, a container, or another run. */
export function SecondLog({ project, run, beside, onClose }: SecondLogProps) {
  const m = useMessages();
  const navigate = useNavigate();
  const other = beside.is === "run" ? beside.of : run.id;
  const { data: shown, error, refetch } = useQuery(runs.detail(project, other));
  const place = useLogPlace(project, other, {
    attempt: beside.is === "attempt" ? beside.of : "",
    container: beside.is === "container" ? beside.of : "",
  });
  const name =
    beside.is === "attempt"
      ? `${m.runs.page.attempt} ${beside.of}`
      : beside.is === "container"
        ? beside.of
        : (shown?.name ?? beside.of);
  return (
    <section className={css.second} aria-label={m.runs.secondLog.title}>
      <p className={css.name}>
        {beside.is === "run" && shown !== undefined ? (
          <>
            <Link to="/p/$project/runs/$id/{-$tab}" params={{ project, id: other, tab: "logs" }}>
              {name}
            </Link>
            <StatusBadge state={shown.status.state} entity={statusEntity(shown.kind)} />
          </>
        ) : (
          <span>{name}</span>
        )}
        <IconButton size="small" label={m.runs.secondLog.close} icon={<X />} onClick={onClose} />
      </p>
      {shown === undefined && error !== null ? (
        <ErrorPanel error={error} what={m.runs.logOf(name)} onRetry={() => void refetch()} />
      ) : shown === undefined ? (
        <SkeletonRows />
      ) : (
        <Suspense fallback={<SkeletonRows />}>
          <LogViewer
            key={`${beside.is} ${beside.of}`}
            second
            containers={[{ id: beside.of, label: name }]}
            container={beside.of}
            onContainer={() => undefined}
            {...place}
            start={shown.status.started_at}
            // Lines are counted through all attempts: those of one of them have no address.
            lineHref={
              beside.is === "run"
                ? (line) => location.pathname.replace(`/${run.id}/`, `/${other}/`) + `#L${line}`
                : undefined
            }
            onLine={(line) =>
              void navigate({
                to: "/p/$project/runs/$id/{-$tab}",
                params: { project, id: other, tab: "logs" },
                hash: `L${line}`,
              })
            }
          />
        </Suspense>
      )}
    </section>
  );
}
