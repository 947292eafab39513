import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, body, type Schema } from "../../api/client.ts";
import { key } from "../../api/keys.ts";
import { byNumber } from "../../api/pages.ts";
import { changedWithin, type SearchFilter } from "./search.ts";

export type Hit = Schema<"SearchItem">;

const pageSize = 50;

/** Everything that is searched. */
export const search = {
  /** Hits of all types in a project, or in all projects, page by page. Without words what changed last comes first. */
  hits: (project: string | undefined, filter: SearchFilter) =>
    infiniteQueryOptions({
      queryKey: key("search", project ?? "", "list", { ...filter }),
      queryFn: ({ signal, pageParam }) => {
        const query = {
          page: pageParam,
          size: pageSize,
          ...(filter.q === undefined ? { sort: "updated" } : { q: filter.q }),
          ...(filter.type !== undefined && { type: [...filter.type] }),
          ...(filter.kind !== undefined && { kind: [...filter.kind] }),
          ...(filter.state !== undefined && { state: [...filter.state] }),
          ...(filter.label !== undefined && { labels: [...filter.label] }),
          ...(filter.updated !== undefined && { fq: [changedWithin(filter.updated, Date.now())] }),
          ...(filter.versions === undefined && { versions: "latest" }),
        };
        return project === undefined
          ? body(api.GET("/api/v1/search", { signal, params: { query } }))
          : body(api.GET("/api/v1/-/{project}/search", { signal, params: { path: { project }, query } }));
      },
      ...byNumber,
    }),

  /** The best few hits of a few letters, for the palette. */
  quick: (project: string | undefined, q: string) =>
    queryOptions({
      queryKey: key("search", project ?? "", "names", { q }),
      queryFn: ({ signal }) => {
        const query = { q, size: 20, versions: "latest" };
        return project === undefined
          ? body(api.GET("/api/v1/search", { signal, params: { query } }))
          : body(api.GET("/api/v1/-/{project}/search", { signal, params: { path: { project }, query } }));
      },
      placeholderData: keepPreviousData,
    }),
};
