import { createFileRoute, redirect } from "@tanstack/react-router";

export const Route = createFileRoute("/p/$project/")({
  beforeLoad: ({ params }) => {
    throw redirect({ to: "/p/$project/functions", params, replace: true });
  },
});
