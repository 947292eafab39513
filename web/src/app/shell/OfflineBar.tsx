import { useMessages } from "../../i18n/language.ts";
import { useLiveState } from "../../live/state.ts";
import { Callout } from "../../ui/callout/Callout.tsx";

/** Says on every page that the server is away and that what is shown may be old. */
export function OfflineBar() {
  const m = useMessages();
  const away = useLiveState().is === "offline";
  // There before it says anything, or nobody is told.
  return (
    <div role="status">
      {away && (
        <Callout tone="warning" title={m.ui.view.offlineTitle}>
          {m.ui.view.offlineHelp}
        </Callout>
      )}
    </div>
  );
}
