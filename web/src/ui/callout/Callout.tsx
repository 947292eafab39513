import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import css from "./Callout.module.css";

export type CalloutTone = "info" | "success" | "warning" | "error";

const icons = { info: Info, success: CircleCheck, warning: TriangleAlert, error: CircleAlert };

/** A remark within a page; one about a failure is announced. */
export function Callout({
  tone,
  title,
  actions,
  children,
}: {
  tone: CalloutTone;
  title?: string;
  actions?: ReactNode;
  children?: ReactNode;
}) {
  const Icon = icons[tone];
  return (
    <div className={css.callout} data-tone={tone} role={tone === "error" ? "alert" : undefined}>
      <Icon className={css.icon} aria-hidden="true" />
      <div className={css.text}>
        {title !== undefined && <p className={css.title}>{title}</p>}
        {children !== undefined && <div>{children}</div>}
      </div>
      {actions !== undefined && <div className={css.actions}>{actions}</div>}
    </div>
  );
}
