import { createFileRoute } from "@tanstack/react-router";
import { FunctionsList } from "./FunctionsList.tsx";
import { functions } from "./queries.ts";
import { parseFilter } from "./search.ts";

export const Route = createFileRoute("/p/$project/functions")({
  validateSearch: parseFilter,
  loaderDeps: ({ search }) => search,
  loader: ({ context, params, deps }) => {
    void context.queryClient.prefetchInfiniteQuery(functions.list(params.project, deps));
  },
  component: FunctionsList,
});
