import { createFileRoute } from "@tanstack/react-router";
import { oneText, present, type SearchValues, texts } from "../../lib/search-params.ts";
import { CompareModels } from "./CompareModels.tsx";
import { mostModels, stored } from "./queries.ts";

/** The URL of a comparison: versions of models, the first of which is the baseline. */
export interface ModelsSearch {
  ids?: readonly string[];
  /** Also fields that all share. */
  all?: boolean;
  find?: string;
}

function parse(values: SearchValues): ModelsSearch {
  return present({
    // ?ids=a&ids=b and ?ids=a,b mean the same.
    ids: texts(texts(values["ids"])?.flatMap((text) => text.split(",")))?.slice(0, mostModels),
    all: values["all"] === "true" || values["all"] === true ? true : undefined,
    find: oneText(values["find"]),
  });
}

export const Route = createFileRoute("/p/$project/compare/models")({
  validateSearch: parse,
  loaderDeps: ({ search: { ids } }) => ({ ids }),
  loader: async ({ context, params, deps }) => {
    const ids = deps.ids ?? [];
    await context.queryClient.ensureQueryData(stored.models(params.project, ids));
    return ids;
  },
  component: CompareModels,
});
