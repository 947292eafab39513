import { createFileRoute, notFound } from "@tanstack/react-router";
import { isMaterial } from "./material.ts";
import { MaterialsList } from "./MaterialsList.tsx";
import { stored } from "./queries.ts";
import { parseList } from "./search.ts";

export const Route = createFileRoute("/p/$project/$material")({
  validateSearch: parseList,
  loaderDeps: ({ search }) => search,
  loader: ({ context, params: { project, material }, deps }) => {
    if (!isMaterial(material)) throw notFound();
    void context.queryClient.prefetchInfiniteQuery(stored.list(project, material, deps));
  },
  component: MaterialsList,
});
