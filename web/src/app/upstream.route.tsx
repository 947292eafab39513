import { createFileRoute, notFound, redirect } from "@tanstack/react-router";
import { api, body } from "../api/client.ts";
import { isMaterial } from "../features/materials/material.ts";

// Links of the console that came before name an entity by its id: /-/demo/functions/1a2b/show.
export const Route = createFileRoute("/-/$project/$entity/$id/{-$action}")({
  beforeLoad: async ({ context, params: { project, entity, id } }) => {
    if (isMaterial(entity)) {
      const { stored } = await import("../features/materials/queries.ts");
      const { name } = await context.queryClient.ensureQueryData(stored.detail(project, entity, id));
      throw redirect({
        to: "/p/$project/$material/$name",
        params: { project, material: entity, name },
        search: { v: id },
        replace: true,
      });
    }
    if (entity === "runs")
      throw redirect({
        to: "/p/$project/runs/$id/{-$tab}",
        params: { project, id, tab: undefined },
        replace: true,
      });
    if (entity === "triggers")
      throw redirect({ to: "/p/$project/triggers/$id", params: { project, id }, replace: true });
    if (entity === "secrets") {
      const found = await body(api.GET("/api/v1/-/{project}/secrets/{id}", { params: { path: { project, id } } }));
      throw redirect({ to: "/p/$project/secrets", params: { project }, search: { show: found.name }, replace: true });
    }
    if (entity !== "functions") throw notFound();
    const found = await body(api.GET("/api/v1/-/{project}/functions/{id}", { params: { path: { project, id } } }));
    throw redirect({
      to: "/p/$project/functions/$name",
      params: { project, name: found.name },
      search: { v: id },
      replace: true,
    });
  },
});
