import { createRouter } from "@tanstack/react-router";
import { parseSearch, writeSearch } from "../lib/search-params.ts";
import { pageConfig } from "../lib/page-config.ts";
import { queryClient } from "./query-client.ts";
import { routeTree } from "./routeTree.gen.ts";
import { PageError } from "./shell/PageError.tsx";
import { PageNotFound } from "./shell/PageNotFound.tsx";
import { PagePending } from "./shell/PagePending.tsx";

/** What a page is about: with another of it the page begins anew, so that nothing of one is shown or saved at another. */
export function subjectOf({ params }: { params: Readonly<Record<string, string | undefined>> }) {
  const { tab: _, ...subject } = params;
  return subject;
}

/** The router: its URLs hold the state of every page. */
export const router = createRouter({
  routeTree,
  basepath: pageConfig().base,
  context: { queryClient },
  parseSearch,
  stringifySearch: writeSearch,
  defaultRemountDeps: subjectOf,
  defaultPreload: "intent",
  defaultPreloadStaleTime: 0, // the query cache decides what is fresh
  defaultPendingMs: 150,
  defaultPendingMinMs: 0,
  defaultPendingComponent: PagePending,
  defaultErrorComponent: PageError,
  defaultNotFoundComponent: PageNotFound,
  // An address that names a line goes to that line, wherever the page was scrolled to before.
  scrollRestoration: ({ location }) => location.hash === "",
  // The content scrolls, not the window. Another page begins at its top; a filter leaves the page where it is.
  scrollToTopSelectors: [() => (pageChanged ? document.getElementById("content") : null)],
});

let pageChanged = false;
router.subscribe("onBeforeLoad", (event) => {
  pageChanged = event.pathChanged;
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
