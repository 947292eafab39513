import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, body } from "../../api/client.ts";
import { key } from "../../api/keys.ts";
import { entityOf, type Material } from "./material.ts";
import { pathOf } from "./paths.ts";
import { type ListSearch, sortOf } from "./search.ts";

const pageSize = 100;
/** How many versions an expanded row shows. */
export const versionsShown = 5;
/** How many versions a page lists. */
export const versionsListed = 100;

const list = (material: Material) => pathOf(material, "/api/v1/-/{project}/dataitems");
const one = (material: Material) => pathOf(material, "/api/v1/-/{project}/dataitems/{id}");

/** Everything that is read about data items, models and artifacts. */
export const stored = {
  /** The newest version of each name, page by page. One call a page. */
  list: (project: string, material: Material, search: ListSearch) => {
    const { upload: _, sort: _sort, ...filter } = search;
    const { by, descending } = sortOf(search);
    return infiniteQueryOptions({
      queryKey: key(entityOf(material), project, "list", { ...filter, by, descending }),
      queryFn: ({ signal, pageParam }) =>
        body(
          api.GET(list(material), {
            signal,
            params: {
              path: { project },
              query: {
                page: pageParam,
                size: pageSize,
                sort: [`${by},${descending ? "desc" : "asc"}`],
                ...(filter.name !== undefined && { q: filter.name }),
                ...(filter.kind !== undefined && { kind: filter.kind }),
                ...(filter.state !== undefined && { state: filter.state }),
                ...(filter.label !== undefined && { labels: [...filter.label] }),
              },
            },
          }),
        ),
      initialPageParam: 0,
      getNextPageParam: (last) => (last.last ? undefined : (last.pageable.pageNumber ?? 0) + 1),
      placeholderData: keepPreviousData,
    });
  },

  /** How many there are without any filter. */
  count: (project: string, material: Material) =>
    queryOptions({
      queryKey: key(entityOf(material), project, "count"),
      queryFn: async ({ signal }) =>
        (await body(api.GET(list(material), { signal, params: { path: { project }, query: { size: 1 } } })))
          .totalElements,
    }),

  /** The newest versions of a name, newest first. One call. */
  versions: (project: string, material: Material, name: string, most: number) =>
    queryOptions({
      queryKey: key(entityOf(material), project, "versions", { name, most }),
      queryFn: ({ signal }) =>
        body(
          api.GET(list(material), {
            signal,
            params: { path: { project }, query: { name, versions: "all", size: most, sort: ["created,desc"] } },
          }),
        ),
    }),

  /** One version, with its list of files. */
  detail: (project: string, material: Material, id: string) =>
    queryOptions({
      queryKey: key(entityOf(material), project, "detail", { id }),
      queryFn: ({ signal }) => body(api.GET(one(material), { signal, params: { path: { project, id } } })),
    }),

  /** What goes when all versions of some names are deleted. One call a name. */
  goes: (project: string, material: Material, names: readonly string[]) =>
    queryOptions({
      queryKey: key(entityOf(material), project, "count", { goes: names }),
      queryFn: async ({ signal }) => {
        const plans = await Promise.all(
          names.map((name) =>
            body(api.DELETE(list(material), { signal, params: { path: { project }, query: { name, dryRun: true } } })),
          ),
        );
        return plans.reduce((sum, plan) => sum + (plan.entities[entityOf(material)] ?? 0), 0);
      },
      staleTime: 0,
    }),
};
