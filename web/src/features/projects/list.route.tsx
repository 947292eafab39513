import { createFileRoute } from "@tanstack/react-router";
import { ProjectsList } from "./ProjectsList.tsx";
import { projects } from "./queries.ts";
import { filterOf, parseProjects } from "./search.ts";

export const Route = createFileRoute("/")({
  validateSearch: parseProjects,
  loaderDeps: ({ search }) => filterOf(search),
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchInfiniteQuery(projects.list(deps));
  },
  component: ProjectsList,
});
