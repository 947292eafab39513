import { createFileRoute } from "@tanstack/react-router";
import { ProjectsList } from "./ProjectsList.tsx";
import { projects } from "./queries.ts";
import { filterOf, parseProjects } from "./search.ts";

export const Route = createFileRoute("/")({
  validateSearch: parseProjects,
  // Not by loaderDeps: another filter is the same page, which stays while letters are typed into it.
  loader: ({ context, location }) => {
    void context.queryClient.prefetchInfiniteQuery(projects.list(filterOf(parseProjects(location.search))));
  },
  component: ProjectsList,
});
