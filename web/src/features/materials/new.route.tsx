import { createFileRoute, notFound } from "@tanstack/react-router";
import { editing } from "../../entity/edit/queries.ts";
import { oneText, present, type SearchValues } from "../../lib/search-params.ts";
import { entityOf, materialOf } from "./material.ts";
import { NewMaterial } from "./NewMaterial.tsx";
import { stored } from "./queries.ts";

/** What the address of the form asks for: a kind, or a copy of a version, as a version of its name. */
interface NewSearch {
  kind?: string;
  from?: string;
  as?: "version";
}

export const Route = createFileRoute("/p/$project/new/$entity")({
  validateSearch: (values: SearchValues): NewSearch =>
    present({
      kind: oneText(values["kind"]),
      from: oneText(values["from"]),
      as: values["as"] === "version" ? ("version" as const) : undefined,
    }),
  loaderDeps: ({ search: { from } }) => ({ from }),
  loader: async ({ context: { queryClient }, params: { project, entity }, deps: { from } }) => {
    const material = materialOf(entity);
    if (material === undefined) throw notFound();
    const [origin] = await Promise.all([
      from === undefined ? undefined : queryClient.ensureQueryData(stored.detail(project, material, from)),
      queryClient.ensureQueryData(editing.schemas(project, entityOf(material))),
      queryClient.ensureQueryData(editing.templates(entityOf(material))),
    ]);
    return { material, origin };
  },
  component: NewMaterial,
});
