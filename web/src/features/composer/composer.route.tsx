import { createFileRoute, notFound } from "@tanstack/react-router";
import { oneText, present, type SearchValues } from "../../lib/search-params.ts";
import { functions } from "../functions/queries.ts";
import { Composer } from "./Composer.tsx";

/** The URL of the composer: the action, the run to start from, a memory that was proposed, the key of an input. */
export interface ComposerSearch {
  action?: string;
  from?: string;
  mem?: string;
  input?: string;
}

function parse(values: SearchValues): ComposerSearch {
  const one = (name: string) => oneText(values[name]);
  return present({ action: one("action"), from: one("from"), mem: one("mem"), input: one("input") });
}

export const Route = createFileRoute("/p/$project/functions/$name/run")({
  validateSearch: parse,
  loaderDeps: ({ search: { action, from } }) => ({ action, from }),
  loader: async ({ context: { queryClient }, params: { project, name }, deps }) => {
    const { composer } = await import("./queries.ts");
    const versions = await queryClient.ensureQueryData(functions.versions(project, name, 100));
    const latest = versions.content[0];
    if (latest === undefined) throw notFound();
    return queryClient.ensureQueryData(composer.start(project, latest, deps.action, deps.from));
  },
  component: Composer,
});
