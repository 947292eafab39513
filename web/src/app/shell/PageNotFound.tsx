import { useMessages } from "../../i18n/language.ts";
import { Page } from "../../ui/page/Page.tsx";
import { EmptyState } from "../../ui/state/EmptyState.tsx";
import { ButtonLink } from "../../entity/links.tsx";

/** What is shown where there is nothing. */
export function PageNotFound() {
  const m = useMessages();
  return (
    <Page title={m.ui.view.notFoundTitle}>
      <EmptyState
        title={m.app.nothingHere}
        help={m.ui.view.notFoundHelp}
        action={<ButtonLink to="/">{m.ui.view.toProjects}</ButtonLink>}
      />
    </Page>
  );
}
