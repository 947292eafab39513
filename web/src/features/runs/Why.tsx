import { failureText, reasonTitle } from "../../entity/reason.ts";
import { useFormat, useMessages } from "../../i18n/language.ts";
import type { RunRow } from "./run.ts";
import css from "./RunsList.module.css";

/** Why a run is in its state, in words; of one that succeeded its metrics. */
export function Why({ run }: { run: RunRow }) {
  const m = useMessages();
  const f = useFormat();
  const { state, reason } = run.status;
  const metrics = Object.entries(run.metrics ?? {});
  if (metrics.length > 0 && state !== "ERROR") {
    const text = metrics.map(([name, value]) => `${name} ${f.number(value)}`).join(" · ");
    return <span title={text}>{text}</span>;
  }
  const plain = ["COMPLETED", "RUNNING", "CREATED", "BUILT"].includes(state);
  if (reason === undefined || plain) return null;
  const text = state === "ERROR" ? failureText(m, reason) : reasonTitle(m, reason.code);
  return (
    <span className={css.why} data-failed={state === "ERROR" || undefined} title={text}>
      {text}
    </span>
  );
}
