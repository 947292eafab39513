import { createFileRoute } from "@tanstack/react-router";
import { RunPage } from "./RunPage.tsx";
import { parseRunPage } from "./page-search.ts";

export const Route = createFileRoute("/p/$project/runs/$id/{-$tab}")({
  validateSearch: parseRunPage,
  loader: async ({ context, params }) => {
    const { runs } = await import("./queries.ts");
    return context.queryClient.ensureQueryData(runs.detail(params.project, params.id));
  },
  component: RunPage,
});
