import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, body } from "../../api/client.ts";
import { key } from "../../api/keys.ts";
import { ofLineage, type Relations } from "./relations.ts";
import { type LineageSearch, usualDepth } from "./search.ts";

/** Everything that the lineage reads: one call, of what is looked at or of the whole project. */
export const lineage = {
  graph: (project: string, { key: of, depth, direction }: LineageSearch) =>
    queryOptions({
      queryKey: key("lineage", project, "detail", { of, depth, direction }),
      queryFn: async ({ signal }): Promise<Relations> => {
        const query =
          of === undefined
            ? {}
            : { key: of, depth: Number(depth ?? usualDepth), ...(direction !== undefined && { direction }) };
        return ofLineage(
          await body(api.GET("/api/v1/-/{project}/lineage", { signal, params: { path: { project }, query } })),
        );
      },
      placeholderData: keepPreviousData,
    }),
};
