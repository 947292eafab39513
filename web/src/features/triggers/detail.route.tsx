import { createFileRoute } from "@tanstack/react-router";
import { triggers } from "./queries.ts";
import { parsePage } from "./search.ts";
import { TriggerPage } from "./TriggerPage.tsx";

export const Route = createFileRoute("/p/$project/triggers/$id")({
  validateSearch: parsePage,
  loader: async ({ context: { queryClient }, params: { project, id } }) => {
    void queryClient.prefetchQuery(triggers.runs(project, id));
    await queryClient.ensureQueryData(triggers.detail(project, id));
  },
  component: TriggerPage,
});
