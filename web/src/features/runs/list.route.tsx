import { createFileRoute } from "@tanstack/react-router";
import { fetchLongRows } from "../../ui/table/long-rows.ts";
import { RunsList } from "./RunsList.tsx";
import { filterOf, parseRuns } from "./search.ts";

export const Route = createFileRoute("/p/$project/runs")({
  validateSearch: parseRuns,
  // Not by loaderDeps: another filter is the same page, which stays while letters are typed into it.
  // What the page alone needs stays out of the start: it comes with the page.
  loader: async ({ context, params, location }) => {
    const { runs, views } = await import("./queries.ts");
    void fetchLongRows();
    void context.queryClient.prefetchQuery(runs.counts(params.project, filterOf(parseRuns(location.search))));
    void context.queryClient.prefetchQuery(views.list(params.project));
  },
  component: RunsList,
});
