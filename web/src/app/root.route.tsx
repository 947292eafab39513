import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext } from "@tanstack/react-router";
import { session } from "../api/session.ts";
import { Shell } from "./shell/Shell.tsx";
import { Starting } from "./shell/Starting.tsx";

export const Route = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  loader: ({ context }) =>
    Promise.all([
      context.queryClient.ensureQueryData(session.me()),
      context.queryClient.ensureQueryData(session.config()),
    ]),
  component: Shell,
  pendingComponent: Starting,
});
