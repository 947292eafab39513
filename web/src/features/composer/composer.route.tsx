import { ApiError } from "../../api/error.ts";
import { createFileRoute, notFound } from "@tanstack/react-router";
import { parseExecRef } from "../../lib/exec-ref.ts";
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
    const start = await queryClient.ensureQueryData(composer.start(project, latest, deps.action, deps.from));
    // A clone may execute a version that is older than those that are listed.
    const id = deps.from === undefined ? undefined : parseExecRef(start.run?.spec["function"])?.id;
    const unlisted = id !== undefined && !versions.content.some((each) => each.id === id);
    if (!unlisted || versions.content.length >= versions.totalElements) return { start, executed: undefined };
    try {
      return { start, executed: await queryClient.ensureQueryData(functions.detail(project, id)) };
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return { start, executed: undefined };
      throw error;
    }
  },
  component: Composer,
});
