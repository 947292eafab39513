import { createFileRoute, notFound } from "@tanstack/react-router";
import { FunctionPage } from "./FunctionPage.tsx";
import { parsePage } from "./page-search.ts";
import { functions, versionsListed } from "./queries.ts";

export const Route = createFileRoute("/p/$project/functions/$name")({
  validateSearch: parsePage,
  loaderDeps: ({ search: { v } }) => ({ v }),
  loader: async ({ context: { queryClient }, params: { project, name }, deps: { v } }) => {
    const versions = await queryClient.ensureQueryData(functions.versions(project, name, versionsListed));
    if (versions.content.length === 0) throw notFound();
    if (v === undefined || versions.content.some((version) => version.id === v)) return;
    // Where the list holds all versions, one that it lacks is gone.
    if (versions.totalElements <= versions.content.length) throw notFound();
    const pinned = await queryClient.ensureQueryData(functions.detail(project, v));
    if (pinned.name !== name) throw notFound();
  },
  component: FunctionPage,
});
