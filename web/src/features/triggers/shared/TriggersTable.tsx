import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { session } from "../../../api/session.ts";
import { useMessages } from "../../../i18n/language.ts";
import { copyText } from "../../../lib/clipboard.ts";
import { useWriteBlock } from "../../../live/state.ts";
import { DataTable } from "../../../ui/table/DataTable.tsx";
import { triggerColumns } from "../columns.tsx";
import { DeleteTriggers } from "../DeleteTriggers.tsx";
import type { TriggerRow } from "../trigger.ts";

const rowId = (row: TriggerRow) => row.id;
const rowName = (row: TriggerRow) => row.name;
// Whoever lists them knows what they run, and when they do says their kind.
const left = new Set(["target", "kind", "labels", "updated"]);

interface TriggersTableProps {
  project: string;
  /** The name of the table. */
  label: string;
  rows: readonly TriggerRow[];
  total: number;
  onEnd: () => void;
}

/** The triggers of one target on its page: switched, shown, edited and deleted as in the list of all. */
export function TriggersTable({ project, label, rows, total, onEnd }: TriggersTableProps) {
  const m = useMessages();
  const navigate = useNavigate();
  const blocked = useWriteBlock();
  const { data: config } = useQuery(session.config());
  const [deleting, setDeleting] = useState<TriggerRow | undefined>(undefined);
  const frame = useMemo(
    () => ({
      onEdit: (row: TriggerRow) =>
        void navigate({ to: "/p/$project/triggers/$id/edit", params: { project, id: row.id } }),
      onDelete: setDeleting,
      kindTitle: (kind: string) =>
        config?.kinds.find((each) => each.entity === "trigger" && each.kind === kind)?.title ?? kind,
    }),
    [config, navigate, project],
  );
  const columns = useMemo(
    () => triggerColumns({ m, project, blocked, ...frame }).filter(({ id }) => !left.has(id)),
    [blocked, frame, m, project],
  );
  const close = () => setDeleting(undefined);
  return (
    <>
      <DataTable
        id="triggers-of"
        label={label}
        rows={rows}
        rowId={rowId}
        rowName={rowName}
        columns={columns}
        total={total}
        onOpen={(row) => void navigate({ to: "/p/$project/triggers/$id", params: { project, id: row.id } })}
        onKey={(key, row) => {
          if (key === "e") frame.onEdit(row);
          else if (key === "y") void copyText(row.key);
          else if (key === "delete") setDeleting(row);
          else return false;
          return true;
        }}
        onEnd={onEnd}
      />
      {deleting !== undefined && (
        <DeleteTriggers project={project} targets={[deleting]} onClose={close} onDone={close} />
      )}
    </>
  );
}
