import { createFileRoute, useNavigate } from "@tanstack/react-router";
import { loadWords } from "../../i18n/language.ts";
import { search } from "./queries.ts";
import { parseFilter } from "./search.ts";
import { SearchPage } from "./SearchPage.tsx";

function Everywhere() {
  const navigate = useNavigate();
  const filter = Route.useSearch();
  return (
    <SearchPage
      filter={filter}
      onFilter={(next, typing) => void navigate({ to: "/search", search: next, replace: typing })}
    />
  );
}

export const Route = createFileRoute("/search")({
  validateSearch: parseFilter,
  beforeLoad: loadWords,
  // Not by loaderDeps: another filter is the same page, which stays while letters are typed into it.
  loader: ({ context, location }) => {
    void context.queryClient.prefetchInfiniteQuery(search.hits(undefined, parseFilter(location.search)));
  },
  component: Everywhere,
});
