import type { ReactNode } from "react";
import css from "./State.module.css";

interface EmptyStateProps {
  title: string;
  /** One sentence on what the thing is for. */
  help: string;
  action?: ReactNode;
  /** Templates, a link, a snippet: what helps to begin. */
  children?: ReactNode;
}

/** What a list shows when there is nothing yet. */
export function EmptyState({ title, help, action, children }: EmptyStateProps) {
  return (
    <div className={css.empty}>
      <h2 className={css.title}>{title}</h2>
      <p className={css.help}>{help}</p>
      {action !== undefined && <div className={css.actions}>{action}</div>}
      {children}
    </div>
  );
}
