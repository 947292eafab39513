import { createFileRoute, notFound } from "@tanstack/react-router";
import { oneText, present } from "../../lib/search-params.ts";
import { CompareFunctions } from "./CompareFunctions.tsx";
import { functions, versionsListed } from "./queries.ts";

export const Route = createFileRoute("/p/$project/functions/$name/compare")({
  validateSearch: (values: Record<string, unknown>): { a?: string; b?: string } =>
    present({ a: oneText(values["a"]), b: oneText(values["b"]) }),
  loaderDeps: ({ search: { a, b } }) => ({ a, b }),
  loader: async ({ context: { queryClient }, params: { project, name }, deps: { a, b } }) => {
    const versions = await queryClient.ensureQueryData(functions.versions(project, name, versionsListed));
    const [newest, previous] = versions.content;
    if (newest === undefined) throw notFound();
    const find = async (id: string) =>
      versions.content.find((version) => version.id === id) ??
      (await queryClient.ensureQueryData(functions.detail(project, id)));
    const after = await find(b ?? newest.id);
    const before = await find(a ?? (after.id === newest.id ? (previous ?? newest).id : newest.id));
    if (before.name !== name || after.name !== name) throw notFound();
    return { before, after };
  },
  component: CompareFunctions,
});
