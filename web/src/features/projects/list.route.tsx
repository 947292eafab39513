import { createFileRoute } from "@tanstack/react-router";
import { ProjectsList } from "./ProjectsList.tsx";
import { projects } from "./queries.ts";
import { parseProjects } from "./search.ts";

export const Route = createFileRoute("/")({
  validateSearch: parseProjects,
  loaderDeps: ({ search }) => ({ name: search.name }),
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchInfiniteQuery(projects.list(deps.name));
  },
  component: ProjectsList,
});
