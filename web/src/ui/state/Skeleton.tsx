import { useMessages } from "../../i18n/language.ts";
import css from "./State.module.css";

/** Rows in the final geometry, shown when loading takes longer than 150 ms. */
export function SkeletonRows({ rows = 8 }: { rows?: number }) {
  const m = useMessages();
  return (
    <div className={css.skeleton} role="status" aria-label={m.ui.loading}>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className={css.skeletonRow}>
          <span className={css.bone} style={{ "--length": `${30 + ((index * 37) % 40)}%` }} />
          <span className={css.bone} style={{ "--length": "60%" }} />
          <span className={css.bone} style={{ "--length": "40%" }} />
        </div>
      ))}
    </div>
  );
}
