import { useSuspenseQuery } from "@tanstack/react-query";
import { createFileRoute, getRouteApi } from "@tanstack/react-router";
import { triggers } from "./queries.ts";
import { TriggerForm } from "./TriggerForm.tsx";

const route = getRouteApi("/p/$project/triggers/$id/edit");

function Edit() {
  const { project, id } = route.useParams();
  const { data: doc } = useSuspenseQuery(triggers.detail(project, id));
  return <TriggerForm key={id} project={project} doc={doc} />;
}

export const Route = createFileRoute("/p/$project/triggers/$id/edit")({
  loader: async ({ context: { queryClient }, params: { project, id } }) => {
    await Promise.all([
      queryClient.ensureQueryData(triggers.detail(project, id)),
      queryClient.ensureQueryData(triggers.schemas(project)),
    ]);
  },
  component: Edit,
});
