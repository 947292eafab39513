import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, body, type Schema } from "../../api/client.ts";
import { key } from "../../api/keys.ts";

export type ProjectDoc = Schema<"Project">;

const pageSize = 100;

/** What goes with a project, in the order in which it is told. */
export const owned = ["functions", "runs", "dataitems", "models", "artifacts", "triggers", "secrets"] as const;
export type Owned = (typeof owned)[number];

/** Everything that is read about projects. */
export const projects = {
  /** Projects by a part of their name, page by page. */
  list: (name: string | undefined) =>
    infiniteQueryOptions({
      queryKey: key("project", "", "list", { name }),
      queryFn: ({ signal, pageParam }) =>
        body(
          api.GET("/api/v1/projects", {
            signal,
            params: {
              query: { page: pageParam, size: pageSize, sort: ["updated,desc"], ...(name !== undefined && { name }) },
            },
          }),
        ),
      initialPageParam: 0,
      getNextPageParam: (last) => (last.last ? undefined : (last.pageable.pageNumber ?? 0) + 1),
      placeholderData: keepPreviousData,
    }),

  /** How many of each thing a project holds. One call for each. */
  holds: (project: string) =>
    queryOptions({
      queryKey: key("project", project, "count"),
      queryFn: async ({ signal }) => {
        const ask = { signal, params: { path: { project }, query: { size: 1 } } };
        const answers = await Promise.all([
          body(api.GET("/api/v1/-/{project}/functions", ask)),
          body(api.GET("/api/v1/-/{project}/runs", ask)),
          body(api.GET("/api/v1/-/{project}/dataitems", ask)),
          body(api.GET("/api/v1/-/{project}/models", ask)),
          body(api.GET("/api/v1/-/{project}/artifacts", ask)),
          body(api.GET("/api/v1/-/{project}/triggers", ask)),
          body(api.GET("/api/v1/-/{project}/secrets", ask)),
        ]);
        return owned.map((what, index) => ({ what, count: answers[index]?.totalElements ?? 0 }));
      },
      staleTime: 0,
    }),
};
