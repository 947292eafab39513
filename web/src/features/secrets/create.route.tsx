import { createFileRoute, redirect } from "@tanstack/react-router";

// A secret has few fields: its form is a dialog over the list.
export const Route = createFileRoute("/p/$project/new/secret")({
  beforeLoad: ({ params }) => {
    throw redirect({ to: "/p/$project/secrets", params, search: { create: true }, replace: true });
  },
});
