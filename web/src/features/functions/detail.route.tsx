import { createFileRoute, notFound } from "@tanstack/react-router";
import { oneText, present, type SearchValues } from "../../lib/search-params.ts";
import { FunctionPage } from "./FunctionPage.tsx";
import { functions } from "./queries.ts";

/** v pins a version; without it the page shows the latest. */
function parse(values: SearchValues): { v?: string } {
  return present({ v: oneText(values["v"]) });
}

export const Route = createFileRoute("/p/$project/functions/$name")({
  validateSearch: parse,
  loaderDeps: ({ search }) => search,
  loader: async ({ context, params, deps }) => {
    const [versions, pinned] = await Promise.all([
      context.queryClient.ensureQueryData(functions.versions(params.project, params.name, 100)),
      deps.v === undefined ? undefined : context.queryClient.ensureQueryData(functions.detail(params.project, deps.v)),
    ]);
    if (versions.content.length === 0 || (pinned !== undefined && pinned.name !== params.name)) throw notFound();
  },
  component: FunctionPage,
});
