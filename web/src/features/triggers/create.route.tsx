import { createFileRoute, getRouteApi } from "@tanstack/react-router";
import { triggers } from "./queries.ts";
import { parseNew } from "./search.ts";
import { TriggerForm } from "./TriggerForm.tsx";

const route = getRouteApi("/p/$project/new/trigger");

/** Another address asks for another form: what was typed into the one before is kept as its draft. */
function New() {
  const { project } = route.useParams();
  const start = route.useSearch();
  return <TriggerForm key={JSON.stringify([project, start])} project={project} start={start} />;
}

export const Route = createFileRoute("/p/$project/new/trigger")({
  validateSearch: parseNew,
  loader: ({ context, params }) => context.queryClient.ensureQueryData(triggers.schemas(params.project)),
  component: New,
});
