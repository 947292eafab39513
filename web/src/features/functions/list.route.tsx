import { createFileRoute } from "@tanstack/react-router";
import { FunctionsList } from "./FunctionsList.tsx";
import { functions } from "./queries.ts";
import { parseFilter } from "./search.ts";

export const Route = createFileRoute("/p/$project/functions")({
  validateSearch: parseFilter,
  // Not by loaderDeps: another filter is the same page, which stays while letters are typed into it.
  loader: ({ context, params, location }) => {
    void context.queryClient.prefetchInfiniteQuery(functions.list(params.project, parseFilter(location.search)));
  },
  component: FunctionsList,
});
