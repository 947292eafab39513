import { createFileRoute, notFound } from "@tanstack/react-router";
import { editing } from "../../entity/edit/queries.ts";
import { oneText, present, type SearchValues } from "../../lib/search-params.ts";
import { readMaterial } from "./edit.ts";
import { EditMaterial } from "./EditMaterial.tsx";
import { entityOf, isMaterial } from "./material.ts";
import { stored } from "./queries.ts";

export const Route = createFileRoute("/p/$project/$material/$name/edit")({
  validateSearch: (values: SearchValues): { v?: string } => present({ v: oneText(values["v"]) }),
  loaderDeps: ({ search: { v } }) => ({ v }),
  loader: async ({ context: { queryClient }, params: { project, material, name }, deps: { v } }) => {
    if (!isMaterial(material)) throw notFound();
    const schemas = queryClient.ensureQueryData(editing.schemas(project, entityOf(material)));
    const newest =
      v === undefined
        ? await queryClient.fetchQuery({ ...stored.versions(project, material, name, 1), staleTime: 0 })
        : undefined;
    const id = v ?? newest?.content[0]?.id;
    if (id === undefined) throw notFound();
    const read = await readMaterial(project, material, id);
    if (read.document.name !== name) throw notFound();
    await schemas;
    return { material, read };
  },
  staleTime: Infinity,
  shouldReload: false,
  gcTime: 0,
  component: EditMaterial,
});
