import { createFileRoute } from "@tanstack/react-router";
import { oneText, present, type SearchValues, texts } from "../../lib/search-params.ts";
import { CompareRuns } from "./CompareRuns.tsx";
import { mostCompared } from "./search.ts";

/** The URL of a comparison: the first id is the baseline. */
export interface CompareSearch {
  ids?: readonly string[];
  /** A function whose last runs fill up what ids leave open. */
  of?: string;
  /** Also fields that all runs share. */
  all?: boolean;
  find?: string;
}

function parse(values: SearchValues): CompareSearch {
  return present({
    // ?ids=a&ids=b and ?ids=a,b mean the same; a run is compared once.
    ids: texts([...new Set(texts(values["ids"])?.flatMap((text) => text.split(",")))])?.slice(0, mostCompared),
    of: oneText(values["of"]),
    all: values["all"] === "true" || values["all"] === true ? true : undefined,
    find: oneText(values["find"]),
  });
}

export const Route = createFileRoute("/p/$project/compare/runs")({
  validateSearch: parse,
  loaderDeps: ({ search: { ids, of } }) => ({ ids, of }),
  loader: async ({ context, params, deps }) => {
    const { runs } = await import("./queries.ts");
    const chosen = deps.ids ?? [];
    const ids =
      deps.of === undefined
        ? chosen
        : await context.queryClient.fetchQuery(runs.lastWith(params.project, deps.of, chosen));
    await context.queryClient.ensureQueryData(runs.several(params.project, ids));
    return ids;
  },
  component: CompareRuns,
});
