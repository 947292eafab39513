import { useMessages } from "../i18n/language.ts";
import { useNow } from "../ui/time/clock.ts";
import { Tooltip } from "../ui/tooltip/Tooltip.tsx";
import css from "./LiveBadge.module.css";
import { type LiveState, useLiveState } from "./state.ts";

/** Says how fresh the page is: live, trying again, away. */
export function LiveBadge() {
  const m = useMessages();
  const state = useLiveState();
  const now = useNow("second");
  if (state.is === "none") return null;
  const words: Record<Exclude<LiveState["is"], "none">, string> = {
    live: m.app.live.live,
    connecting: m.app.live.connecting,
    reconnecting: "until" in state ? m.app.live.reconnecting(Math.max(0, Math.ceil((state.until - now) / 1000))) : "",
    offline: m.app.live.offline,
    paused: m.app.live.paused,
  };
  return (
    <Tooltip text={state.is === "live" ? m.app.live.liveHelp : m.app.live.reconnectingHelp}>
      <button type="button" className={css.badge} data-state={state.is} aria-label={words[state.is]}>
        <span className={css.dot} aria-hidden="true" />
        {/* Announced when it changes, not while it counts. */}
        <span role={state.is === "reconnecting" ? undefined : "status"}>{words[state.is]}</span>
      </button>
    </Tooltip>
  );
}
