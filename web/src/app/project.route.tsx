import { createFileRoute, notFound, Outlet } from "@tanstack/react-router";
import { knows, session } from "../api/session.ts";
import { loadWords } from "../i18n/language.ts";

// Lists of a project that is not there are empty, so the project is looked up first, without a call of its own.
export const Route = createFileRoute("/p/$project")({
  beforeLoad: async ({ context, params }) => {
    const [me] = await Promise.all([context.queryClient.ensureQueryData(session.me()), loadWords()]);
    if (knows(me, params.project)) return;
    if (!knows(await context.queryClient.fetchQuery({ ...session.me(), staleTime: 0 }), params.project))
      throw notFound();
  },
  component: Outlet,
});
