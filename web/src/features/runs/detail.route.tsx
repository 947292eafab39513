import { createFileRoute, notFound } from "@tanstack/react-router";
import { ApiError } from "../../api/error.ts";
import { RunPage } from "./RunPage.tsx";
import { parseRunPage } from "./page-search.ts";

export const Route = createFileRoute("/p/$project/runs/$id/{-$tab}")({
  validateSearch: parseRunPage,
  loader: async ({ context, params }) => {
    const { runs } = await import("./queries.ts");
    try {
      return await context.queryClient.ensureQueryData(runs.detail(params.project, params.id));
    } catch (error) {
      throw error instanceof ApiError && error.status === 404 ? notFound() : error;
    }
  },
  component: RunPage,
});
