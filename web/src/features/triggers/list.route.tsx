import { createFileRoute } from "@tanstack/react-router";
import { triggers } from "./queries.ts";
import { parseFilter } from "./search.ts";
import { TriggersList } from "./TriggersList.tsx";

export const Route = createFileRoute("/p/$project/triggers")({
  validateSearch: parseFilter,
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(triggers.list(params.project));
  },
  component: TriggersList,
});
