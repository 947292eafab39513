import { createFileRoute, getRouteApi } from "@tanstack/react-router";
import { triggers } from "./queries.ts";
import { parseNew } from "./search.ts";
import { TriggerForm } from "./TriggerForm.tsx";

const route = getRouteApi("/p/$project/new/trigger");

export const Route = createFileRoute("/p/$project/new/trigger")({
  validateSearch: parseNew,
  loader: ({ context, params }) => context.queryClient.ensureQueryData(triggers.schemas(params.project)),
  component: () => <TriggerForm project={route.useParams().project} start={route.useSearch()} />,
});
