import { useMessages } from "../../i18n/language.ts";
import { Elapsed } from "../time/Elapsed.tsx";
import { type StatusEntity, statusView } from "./status.ts";
import css from "./StatusBadge.module.css";
import { StatusGlyph } from "./StatusGlyph.tsx";

interface StatusBadgeProps {
  state: string;
  entity: StatusEntity;
  /** Since when it is in this state; shown counting while it runs. */
  since?: string | undefined;
  /** Shows the icon alone; the word stays for the accessibility tree. */
  compact?: boolean | undefined;
  /** Leaves the room of the icon empty: for what is in sight for a moment. */
  quick?: boolean | undefined;
}

/** A state as icon, word and colour (console.md 6.6); the raw state is in the tooltip. */
export function StatusBadge({ state, entity, since, compact, quick }: StatusBadgeProps) {
  const m = useMessages();
  const view = statusView(state, entity);
  const word = view.word === undefined ? state : m.ui.states[view.word];
  return (
    <span
      className={css.badge}
      data-tone={view.tone}
      data-compact={compact || undefined}
      title={m.ui.states.tooltip(state)}
    >
      {quick === true ? (
        <span className={css.icon} />
      ) : (
        <StatusGlyph icon={view.icon} className={state === "RUNNING" && entity === "run" ? css.pulse : css.icon} />
      )}
      <span className={css.word}>{word}</span>
      {since !== undefined && state === "RUNNING" && compact !== true && <Elapsed since={since} />}
    </span>
  );
}
