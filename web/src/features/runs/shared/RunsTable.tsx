import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { errorText } from "../../../api/error.ts";
import { useFormat, useMessages } from "../../../i18n/language.ts";
import { DataTable } from "../../../ui/table/DataTable.tsx";
import { useToast } from "../../../ui/toast/toast.ts";
import { runColumns } from "../columns.tsx";
import { InspectRun } from "../InspectRun.tsx";
import { LogPeek } from "../LogPeek.tsx";
import { runChanges } from "../mutations.ts";
import type { RunRow } from "../run.ts";
import { type RunDialog, RunDialogs } from "../RunDialogs.tsx";
import { useRowKeys } from "../use-row-keys.ts";

const rowId = (run: RunRow) => run.id;
const rowName = (run: RunRow) => run.name;
// Why one failed stands before what a narrow place hides.
const columnsShown = ["name", "state", "why", "duration", "started", "function", "by", "actions"];

interface RunsTableProps {
  project: string;
  /** The name of the table. */
  label: string;
  rows: readonly RunRow[];
}

/** A short list of runs on the page of something else, with all that the list of runs offers for one of them. */
export function RunsTable({ project, label, rows }: RunsTableProps) {
  const m = useMessages();
  const f = useFormat();
  const toast = useToast();
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<RunDialog | undefined>(undefined);
  const [look, setLook] = useState<{ at: "log" | "document"; id: string } | undefined>(undefined);
  const { mutate: rerun } = useMutation(runChanges.rerun(project));
  const frame = useMemo(
    () => ({
      project,
      onRerun: (run: RunRow) =>
        rerun(run.id, {
          onSuccess: (made) => toast({ tone: "success", text: m.runs.rerunMade(made.name) }),
          onError: (error) => toast({ tone: "error", text: errorText(error) }),
        }),
      onLogs: (run: RunRow) => setLook({ at: "log", id: run.id }),
      onInspect: (run: RunRow) => setLook({ at: "document", id: run.id }),
      onStop: (targets: readonly RunRow[]) => setDialog({ is: "stop", targets }),
      onDelete: (targets: readonly RunRow[]) => setDialog({ is: "delete", targets }),
    }),
    [m, project, rerun, toast],
  );
  const columns = useMemo(() => {
    const all = runColumns({ m, f, ...frame, metrics: [], parameters: [] });
    return columnsShown.flatMap((id) => all.find((column) => column.id === id) ?? []);
  }, [f, frame, m]);
  const onKey = useRowKeys(frame);
  const close = () => setDialog(undefined);
  const away = () => setLook(undefined);
  return (
    <>
      <DataTable
        id="runs-of"
        label={label}
        rows={rows}
        rowId={rowId}
        rowName={rowName}
        columns={columns}
        onOpen={(run) =>
          void navigate({ to: "/p/$project/runs/$id/{-$tab}", params: { project, id: run.id, tab: undefined } })
        }
        onKey={onKey}
      />
      <RunDialogs project={project} dialog={dialog} onClose={close} onDone={close} />
      {look?.at === "log" && <LogPeek project={project} id={look.id} onClose={away} />}
      {look?.at === "document" && <InspectRun project={project} id={look.id} onClose={away} />}
    </>
  );
}
