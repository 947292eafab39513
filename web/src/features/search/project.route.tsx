import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { search } from "./queries.ts";
import { parseFilter } from "./search.ts";
import { SearchPage } from "./SearchPage.tsx";

function InProject() {
  const navigate = useNavigate();
  const { project } = Route.useParams();
  const filter = Route.useSearch();
  return (
    <SearchPage
      project={project}
      filter={filter}
      onFilter={(next, typing) =>
        void navigate({ to: "/p/$project/search", params: { project }, search: next, replace: typing })
      }
    />
  );
}

export const Route = createFileRoute("/p/$project/search")({
  validateSearch: parseFilter,
  loaderDeps: ({ search: filter }) => filter,
  loader: ({ context, params, deps }) => {
    void context.queryClient.prefetchInfiniteQuery(search.hits(params.project, deps));
  },
  component: InProject,
});
