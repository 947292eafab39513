import { createFileRoute, notFound } from "@tanstack/react-router";
import { editing } from "../../entity/edit/queries.ts";
import { oneText, present } from "../../lib/search-params.ts";
import { EditFunction } from "./EditFunction.tsx";
import { functions, readStored } from "./queries.ts";

export const Route = createFileRoute("/p/$project/functions/$name/edit")({
  validateSearch: (values: Record<string, unknown>): { v?: string } => present({ v: oneText(values["v"]) }),
  loaderDeps: ({ search: { v } }) => ({ v }),
  loader: async ({ context: { queryClient }, params: { project, name }, deps: { v } }) => {
    const schemas = queryClient.ensureQueryData(editing.schemas(project, "function"));
    const [newest] = (await queryClient.fetchQuery({ ...functions.versions(project, name, 1), staleTime: 0 })).content;
    if (newest === undefined) throw notFound();
    const stored = await readStored(project, v ?? newest.id);
    if (stored.document.name !== name) throw notFound();
    await schemas;
    return { stored, isNewest: stored.id === newest.id };
  },
  staleTime: Infinity,
  shouldReload: false,
  gcTime: 0,
  component: EditFunction,
});
