import type { ReactNode } from "react";
import { useMessages } from "../../i18n/language.ts";
import { Button } from "../button/Button.tsx";
import css from "./BulkBar.module.css";

/** What can be done with the selected rows; it is there while some are. */
export function BulkBar({ count, onClear, children }: { count: number; onClear: () => void; children: ReactNode }) {
  const m = useMessages();
  if (count === 0) return null;
  return (
    <div className={css.bar} role="toolbar" aria-label={m.ui.selected(count)}>
      <span role="status">{m.ui.selected(count)}</span>
      {children}
      <Button size="small" tone="quiet" onClick={onClear}>
        {m.ui.clearSelection}
      </Button>
    </div>
  );
}
