import { useSyncExternalStore } from "react";
import { versionSkew } from "../../api/client.ts";
import { useMessages } from "../../i18n/language.ts";
import { Button } from "../../ui/button/Button.tsx";
import { Callout } from "../../ui/callout/Callout.tsx";

/** Offers to reload when the server has become another version than the one this page was loaded from. */
export function VersionBar() {
  const m = useMessages();
  const skewed = useSyncExternalStore(versionSkew.subscribe, versionSkew.read);
  if (!skewed) return null;
  return (
    <Callout
      tone="info"
      title={m.app.version.title}
      actions={
        <Button size="small" onClick={() => location.reload()}>
          {m.app.version.reload}
        </Button>
      }
    />
  );
}
