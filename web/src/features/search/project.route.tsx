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
  // Not by loaderDeps: another filter is the same page, which stays while letters are typed into it.
  loader: ({ context, params, location }) => {
    void context.queryClient.prefetchInfiniteQuery(search.hits(params.project, parseFilter(location.search)));
  },
  component: InProject,
});
