import { createFileRoute } from "@tanstack/react-router";
import { Overview } from "./Overview.tsx";
import { overview } from "./queries.ts";
import { parseOverview, usual } from "./search.ts";

export const Route = createFileRoute("/p/$project/")({
  validateSearch: parseOverview,
  loaderDeps: ({ search: { span } }) => ({ span }),
  loader: ({ context, params, deps }) => {
    void context.queryClient.prefetchQuery(overview.summary(params.project, deps.span ?? usual));
  },
  component: Overview,
});
