import type { ReactNode } from "react";
import css from "./Limited.module.css";

/** Room of a fixed height, for what scrolls inside of itself as on a page that fills the window. */
export function Limited({ children }: { children: ReactNode }) {
  return <div className={css.limited}>{children}</div>;
}
