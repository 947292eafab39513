import { createFileRoute, notFound } from "@tanstack/react-router";
import { isMaterial } from "./material.ts";
import { MaterialPage } from "./MaterialPage.tsx";
import { parsePage } from "./page-search.ts";
import { stored, versionsListed } from "./queries.ts";

export const Route = createFileRoute("/p/$project/$material/$name")({
  validateSearch: parsePage,
  loaderDeps: ({ search: { v } }) => ({ v }),
  loader: async ({ context: { queryClient }, params: { project, material, name }, deps: { v } }) => {
    if (!isMaterial(material)) throw notFound();
    const [versions, pinned] = await Promise.all([
      queryClient.ensureQueryData(stored.versions(project, material, name, versionsListed)),
      v === undefined ? undefined : queryClient.ensureQueryData(stored.detail(project, material, v)),
    ]);
    const [latest] = versions.content;
    if (latest === undefined || (pinned !== undefined && pinned.name !== name)) throw notFound();
    void queryClient.prefetchQuery(stored.detail(project, material, v ?? latest.id));
  },
  component: MaterialPage,
});
