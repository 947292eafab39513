import { createFileRoute, notFound, Outlet } from "@tanstack/react-router";
import { session } from "../api/session.ts";

// Lists of a project that is not there are empty, so the project is looked up first, without a call of its own.
export const Route = createFileRoute("/p/$project")({
  beforeLoad: async ({ context, params }) => {
    const known = (me: { projects: readonly { name: string }[]; more: boolean }) =>
      me.more || me.projects.some((project) => project.name === params.project);
    if (known(await context.queryClient.ensureQueryData(session.me()))) return;
    if (!known(await context.queryClient.fetchQuery({ ...session.me(), staleTime: 0 }))) throw notFound();
  },
  component: Outlet,
});
