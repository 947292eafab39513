import { createFileRoute } from "@tanstack/react-router";
import { triggers } from "./queries.ts";
import { parseFilter } from "./search.ts";
import { TriggersList } from "./TriggersList.tsx";

export const Route = createFileRoute("/p/$project/triggers")({
  validateSearch: parseFilter,
  loaderDeps: ({ search }) => search,
  loader: ({ context, params, deps }) => {
    void context.queryClient.prefetchInfiniteQuery(triggers.list(params.project, deps));
  },
  component: TriggersList,
});
