import { useCallback, useMemo, useState } from "react";
import { copyText } from "../lib/clipboard.ts";
import { useHeld } from "./use-held.ts";

const nothing: ReadonlySet<string> = new Set();

/** The rows that are selected, of those that are there, and those whose deletion is being asked about. */
export function useChoice<Row>(rows: readonly Row[], rowId: (row: Row) => string, textOf: (row: Row) => string) {
  const [held, onSelect] = useHeld();
  const [deleting, setDeleting] = useState<readonly Row[] | undefined>(undefined);
  // A row that is gone or filtered away is not selected: nobody could see that, or undo it.
  const chosen = useMemo(
    () => (held.size === 0 ? [] : rows.filter((row) => held.has(rowId(row)))),
    [held, rowId, rows],
  );
  const selected = useMemo<ReadonlySet<string>>(
    () => (chosen.length === 0 ? nothing : new Set(chosen.map(rowId))),
    [chosen, rowId],
  );
  const clear = useCallback(() => onSelect(nothing), [onSelect]);
  return {
    chosen,
    clear,
    /** Of the table. */
    table: {
      selected,
      onSelect,
      /** y copies the text of a row, Delete asks about the selected rows, or about this one. */
      onKey: (key: string, row: Row): boolean => {
        if (key === "y") void copyText(textOf(row));
        else if (key === "delete") setDeleting(chosen.length > 0 ? chosen : [row]);
        else return false;
        return true;
      },
    },
    deleting,
    /** Asks before rows are deleted: those selected, unless one is given. */
    onDelete: useCallback((row: Row) => setDeleting([row]), []),
    onDeleteChosen: () => setDeleting(chosen),
    /** Of the dialog that asks. */
    dialog: {
      onClose: () => setDeleting(undefined),
      onDone: () => {
        setDeleting(undefined);
        clear();
      },
    },
  };
}
