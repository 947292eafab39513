import { createFileRoute, notFound, Outlet } from "@tanstack/react-router";
import { knows, session } from "../api/session.ts";

// Lists of a project that is not there are empty, so the project is looked up first, without a call of its own.
export const Route = createFileRoute("/p/$project")({
  beforeLoad: async ({ context, params }) => {
    if (knows(await context.queryClient.ensureQueryData(session.me()), params.project)) return;
    if (!knows(await context.queryClient.fetchQuery({ ...session.me(), staleTime: 0 }), params.project))
      throw notFound();
  },
  component: Outlet,
});
