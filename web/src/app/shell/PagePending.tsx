import { useRouter } from "@tanstack/react-router";
import { awayFailure, useAway } from "../../ui/state/away.ts";
import { ErrorPanel } from "../../ui/state/ErrorPanel.tsx";
import { Page } from "../../ui/page/Page.tsx";
import { SkeletonRows } from "../../ui/state/Skeleton.tsx";
import { useMessages } from "../../i18n/language.ts";

/** What a page shows while what it needs is on its way; it says so when the server is away. */
export function PagePending() {
  const m = useMessages();
  const router = useRouter();
  const away = useAway();
  return (
    <Page title={away ? m.ui.view.errorTitle(m.app.thisPage) : m.ui.loading}>
      {away ? (
        <ErrorPanel error={awayFailure} what={m.app.thisPage} onRetry={() => void router.invalidate()} />
      ) : (
        <SkeletonRows />
      )}
    </Page>
  );
}
