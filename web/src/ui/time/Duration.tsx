import { useFormat, useMessages } from "../../i18n/language.ts";
import css from "./Duration.module.css";

interface DurationProps {
  /** In milliseconds. */
  total: number;
  /** How the total splits: waiting in the queue, starting, executing. */
  phases?: { queued: number; starting: number; running: number } | undefined;
}

/** How long something took, with a bar of where the time went. */
export function Duration({ total, phases }: DurationProps) {
  const f = useFormat();
  const m = useMessages();
  const parts =
    phases === undefined ? [] : (["queued", "starting", "running"] as const).map((id) => ({ id, time: phases[id] }));
  const title = parts.map(({ id, time }) => `${m.ui.phases[id]} ${f.duration(time)}`).join(" · ");
  return (
    <span className={css.duration} title={title === "" ? undefined : title}>
      <span className={css.text}>{f.duration(total)}</span>
      {parts.length > 0 && total > 0 && (
        <span className={css.bar} role="img" aria-label={title}>
          {parts.map(({ id, time }) => (
            <span key={id} className={css.part} data-phase={id} style={{ "--share": time / total }} />
          ))}
        </span>
      )}
    </span>
  );
}
