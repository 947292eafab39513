import { createFileRoute } from "@tanstack/react-router";
import { LineagePage } from "./LineagePage.tsx";
import { lineage } from "./queries.ts";
import { parseLineage } from "./search.ts";

export const Route = createFileRoute("/p/$project/lineage")({
  validateSearch: parseLineage,
  loaderDeps: ({ search: { key, depth, direction } }) => ({ key, depth, direction }),
  loader: ({ context, params, deps: { key, depth, direction } }) => {
    void context.queryClient.prefetchQuery(
      lineage.graph(params.project, {
        ...(key !== undefined && { key }),
        ...(depth !== undefined && { depth }),
        ...(direction !== undefined && { direction }),
      }),
    );
  },
  component: LineagePage,
});
