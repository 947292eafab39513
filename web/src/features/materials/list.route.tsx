import { createFileRoute, notFound } from "@tanstack/react-router";
import { isMaterial } from "./material.ts";
import { MaterialsList } from "./MaterialsList.tsx";
import { stored } from "./queries.ts";
import { parseList } from "./search.ts";

export const Route = createFileRoute("/p/$project/$material")({
  validateSearch: parseList,
  // Not by loaderDeps: another filter is the same page, which stays while letters are typed into it.
  loader: ({ context, params: { project, material }, location }) => {
    if (!isMaterial(material)) throw notFound();
    void context.queryClient.prefetchInfiniteQuery(stored.list(project, material, parseList(location.search)));
  },
  component: MaterialsList,
});
