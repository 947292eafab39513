import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { ApiError } from "../../api/error.ts";
import { useMessages } from "../../i18n/language.ts";
import { useLiveState } from "../../live/state.ts";
import { Page } from "../../ui/page/Page.tsx";
import { ErrorPanel } from "../../ui/state/ErrorPanel.tsx";
import { PageNotFound } from "./PageNotFound.tsx";
import { useFirstOutline } from "./use-first-outline.ts";

/** What a page shows when it cannot be drawn; Retry asks the server again, as does the server coming back. */
export function PageError({ error }: ErrorComponentProps) {
  const m = useMessages();
  const router = useRouter();
  const { reset } = useQueryErrorResetBoundary();
  useEffect(reset, [reset]);
  const unanswered = error instanceof ApiError && error.temporary;
  const live = useLiveState().is;
  const before = useRef(live);
  useEffect(() => {
    // The server is back: a page that it did not answer is loaded without being asked to.
    if (unanswered && live === "live" && before.current !== "live") void router.invalidate();
    before.current = live;
  }, [live, router, unanswered]);
  useFirstOutline();
  if (error instanceof ApiError && error.status === 404) return <PageNotFound />;
  const title = error instanceof ApiError ? m.ui.view.errorTitle(m.app.thisPage) : m.ui.view.crash;
  return (
    <Page title={title}>
      <ErrorPanel error={error} what={m.app.thisPage} onRetry={() => void router.invalidate()} />
    </Page>
  );
}
