import { type ReactNode, useEffect } from "react";
import { useMessages } from "../../i18n/language.ts";
import css from "./Page.module.css";

interface PageProps {
  title: string;
  /** Beside the title: a state, a kind. */
  meta?: ReactNode;
  /** The way to here, as links. */
  breadcrumb?: ReactNode;
  actions?: ReactNode;
  /** fill lets the last part scroll inside the window, as lists do; flow lets the page grow. */
  layout?: "flow" | "fill" | undefined;
  children: ReactNode;
}

/** The frame of each page: one h1, which the focus goes to on navigation, and the actions at the end of its line. */
export function Page({ title, meta, breadcrumb, actions, layout = "flow", children }: PageProps) {
  const m = useMessages();
  useEffect(() => {
    document.title = m.app.pageTitle(title);
  }, [m, title]);
  return (
    <div className={css.page} data-layout={layout}>
      {breadcrumb !== undefined && (
        <nav aria-label={m.app.breadcrumb} className={css.breadcrumb}>
          <ol>{breadcrumb}</ol>
        </nav>
      )}
      <header className={css.header}>
        <div className={css.title}>
          <h1 tabIndex={-1} data-page-title>
            {title}
          </h1>
          {meta !== undefined && <div className={css.meta}>{meta}</div>}
        </div>
        {actions !== undefined && <div className={css.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
