import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, body, type Schema } from "../../api/client.ts";
import { key } from "../../api/keys.ts";
import { byNumber } from "../../api/pages.ts";
import { type ProjectFilter, usualSort } from "./search.ts";

/** A project as the list shows it: with how its runs fare. */
export type ProjectDoc = Schema<"ProjectRow">;

const pageSize = 100;
/** How far back failed runs are counted, as the list of runs has it in its URL. */
export const recently = "24h";

/** What goes with a project, in the order in which it is told; live are those of the runs that have not ended. */
export const owned = ["functions", "runs", "live", "dataitems", "models", "artifacts", "triggers", "secrets"] as const;
export type Owned = (typeof owned)[number];
const unended = ["CREATED", "BUILT", "READY", "PENDING", "RUNNING", "STOP", "RESUME"];

/** Everything that is read about projects. */
export const projects = {
  /** Projects with how their runs fare, page by page. One call a page. */
  list: ({ name, label, owner, sort }: ProjectFilter) =>
    infiniteQueryOptions({
      queryKey: key("project", "", "list", { name, label, owner, sort }),
      queryFn: ({ signal, pageParam }) =>
        body(
          api.GET("/api/v1/projects", {
            signal,
            params: {
              query: {
                page: pageParam,
                size: pageSize,
                sort: [...(sort ?? usualSort)],
                include: ["runs"],
                since: recently,
                ...(name !== undefined && { name }),
                ...(label !== undefined && { labels: [...label] }),
                ...(owner !== undefined && { user: owner }),
              },
            },
          }),
        ),
      ...byNumber,
    }),

  /** How many projects there are without any filter. */
  count: () =>
    queryOptions({
      queryKey: key("project", "", "count"),
      queryFn: async ({ signal }) =>
        (await body(api.GET("/api/v1/projects", { signal, params: { query: { size: 1 } } }))).totalElements,
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
          body(
            api.GET("/api/v1/-/{project}/runs", {
              signal,
              params: { path: { project }, query: { size: 1, state: [...unended] } },
            }),
          ),
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
