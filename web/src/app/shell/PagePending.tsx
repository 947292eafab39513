import { Page } from "../../ui/page/Page.tsx";
import { SkeletonRows } from "../../ui/state/Skeleton.tsx";
import { useMessages } from "../../i18n/language.ts";

/** What a page shows while what it needs is on its way. */
export function PagePending() {
  const m = useMessages();
  return (
    <Page title={m.ui.loading}>
      <SkeletonRows />
    </Page>
  );
}
