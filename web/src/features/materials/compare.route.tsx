import { createFileRoute, notFound } from "@tanstack/react-router";
import { oneText, present, type SearchValues } from "../../lib/search-params.ts";
import { CompareMaterials } from "./CompareMaterials.tsx";
import { isMaterial } from "./material.ts";
import { stored, versionsListed } from "./queries.ts";

export const Route = createFileRoute("/p/$project/$material/$name/compare")({
  validateSearch: (values: SearchValues): { a?: string; b?: string } =>
    present({ a: oneText(values["a"]), b: oneText(values["b"]) }),
  loaderDeps: ({ search: { a, b } }) => ({ a, b }),
  loader: async ({ context: { queryClient }, params: { project, material, name }, deps: { a, b } }) => {
    if (!isMaterial(material)) throw notFound();
    const { content } = await queryClient.ensureQueryData(stored.versions(project, material, name, versionsListed));
    const [newest, previous] = content;
    if (newest === undefined) throw notFound();
    const after = b ?? newest.id;
    const before = a ?? (after === newest.id ? (previous ?? newest).id : newest.id);
    const both = await Promise.all(
      [before, after].map((id) => queryClient.ensureQueryData(stored.detail(project, material, id))),
    );
    if (both.some((doc) => doc.name !== name)) throw notFound();
    return { before, after };
  },
  component: CompareMaterials,
});
