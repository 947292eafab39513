import { useCallback, useState } from "react";
import { copyText } from "../lib/clipboard.ts";

const nothing: ReadonlySet<string> = new Set();

/** The rows that are selected, and those whose deletion is being asked about. */
export function useChoice<Row>(rows: readonly Row[], rowId: (row: Row) => string, textOf: (row: Row) => string) {
  const [selected, onSelect] = useState(nothing);
  const [deleting, setDeleting] = useState<readonly Row[] | undefined>(undefined);
  const chosen = rows.filter((row) => selected.has(rowId(row)));
  const clear = useCallback(() => onSelect(nothing), []);
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
