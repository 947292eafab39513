import { queryOptions } from "@tanstack/react-query";
import { api, body, type Schema } from "../../api/client.ts";
import { key } from "../../api/keys.ts";
import { inPages, totalOf } from "../../api/pages.ts";
import type { paths } from "../../api/schema.gen.d.ts";
import { entityOf, type Material } from "./material.ts";
import { pathOf } from "./paths.ts";
import { type ListSearch, toQuery } from "./search.ts";

/** How many versions an expanded row shows. */
export const versionsShown = 5;
/** How many versions a page lists. */
export const versionsListed = 100;

const list = (material: Material) => pathOf(material, "/api/v1/-/{project}/dataitems");
const one = (material: Material) => pathOf(material, "/api/v1/-/{project}/dataitems/{id}");

/** How many models are compared at most. */
export const mostModels = 10;

/** How many rows of a table are looked at. */
export const rowsShown = 200;
const filesListed = 1000;
/** What the server calls the files that the browser reads itself. */
const parquet = "application/vnd.apache.parquet";

/** The first rows of a table, whoever read them. */
export type TableView = Omit<Schema<"TablePreview">, "format">;
/** A look into one file. */
export type FilePreview = Omit<Schema<"FilePreview">, "table"> & { table?: TableView };
export type FileInfo = Schema<"FileInfo">;

/** Where the bytes of a file can be read for a while. */
export async function placeOf(
  project: string,
  material: Material,
  id: string,
  sub: string,
  signal?: AbortSignal,
): Promise<Schema<"Place">> {
  return body(
    api.GET(pathOf(material, "/api/v1/-/{project}/dataitems/{id}/files/download"), {
      ...(signal !== undefined && { signal }),
      params: { path: { project, id }, query: sub === "" ? {} : { sub } },
    }),
  );
}

type Asked = NonNullable<paths["/api/v1/-/{project}/dataitems"]["get"]["parameters"]["query"]>;

/** Asks the list. */
const listed = (project: string, material: Material, query: Asked, signal: AbortSignal) =>
  body(api.GET(list(material), { signal, params: { path: { project }, query } }));

/** Everything that is read about data items, models and artifacts. */
export const stored = {
  /** The newest version of each name, page by page. One call a page. */
  list: (project: string, material: Material, search: ListSearch) => {
    const { upload: _, ...filter } = search;
    return inPages(key(entityOf(material), project, "list", { ...filter }), (at, signal) =>
      listed(project, material, { ...at, ...toQuery(search, Date.now()) }, signal),
    );
  },

  /** How many there are without any filter. */
  count: (project: string, material: Material) =>
    totalOf(key(entityOf(material), project, "count"), (at, signal) => listed(project, material, at, signal)),

  /** The newest versions of a name, newest first. One call. */
  versions: (project: string, material: Material, name: string, most: number) =>
    queryOptions({
      queryKey: key(entityOf(material), project, "versions", { name, most }),
      queryFn: ({ signal }) =>
        listed(project, material, { name, versions: "all", size: most, sort: ["created,desc"] }, signal),
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

  /** The files of a version and how many there are. */
  files: (project: string, material: Material, id: string) =>
    queryOptions({
      queryKey: key(entityOf(material), project, "detail", { id, part: "files" }),
      queryFn: async ({ signal }): Promise<{ list: readonly FileInfo[]; total: number }> => {
        const found = await body(
          api.GET(pathOf(material, "/api/v1/-/{project}/dataitems/{id}/files/info"), {
            signal,
            params: { path: { project, id }, query: { page: 0, size: filesListed } },
          }),
        );
        if ("content" in found) return { list: found.content, total: found.totalElements };
        return { list: found, total: found.length };
      },
    }),

  /** A look into a file: the one at a path below the version's own, or the one that it is. */
  preview: (project: string, material: Material, id: string, path: string) =>
    queryOptions({
      queryKey: key(entityOf(material), project, "detail", { id, part: "preview", path }),
      queryFn: async ({ signal }): Promise<FilePreview> => {
        const preview = await body(
          api.GET(pathOf(material, "/api/v1/-/{project}/dataitems/{id}/files/preview"), {
            signal,
            params: { path: { project, id }, query: { limit: rowsShown, ...(path !== "" && { path }) } },
          }),
        );
        if (preview.content_type !== parquet) return preview;
        const { url } = await placeOf(project, material, id, preview.path, signal);
        const { previewParquet } = await import("./parquet.ts");
        return url === undefined ? preview : previewParquet(preview, url, rowsShown, signal);
      },
      retry: false,
    }),

  /** The metrics of a version of a model, by name. */
  metrics: (project: string, id: string) =>
    queryOptions({
      queryKey: key("model", project, "detail", { id, part: "metrics" }),
      queryFn: ({ signal }) =>
        body(api.GET("/api/v1/-/{project}/models/{id}/metrics", { signal, params: { path: { project, id } } })),
    }),

  /** Some versions of models, in the order of their ids, with what was measured of each; what is gone is left out. */
  models: (project: string, ids: readonly string[]) =>
    queryOptions({
      queryKey: key("model", project, "list", { ids }),
      queryFn: async ({ signal }) => {
        const path = { project };
        if (ids.length === 0) return [];
        const query = { id: [...ids], versions: "all", size: ids.length };
        const { content } = await body(api.GET("/api/v1/-/{project}/models", { signal, params: { path, query } }));
        const there = ids.flatMap((id) => content.find((doc) => doc.id === id) ?? []);
        return Promise.all(
          there.map(async (doc) => ({
            doc,
            metrics: await body(
              api.GET("/api/v1/-/{project}/models/{id}/metrics", { signal, params: { path: { project, id: doc.id } } }),
            ),
          })),
        );
      },
    }),
};
