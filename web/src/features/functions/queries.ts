import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, body, type Schema, tagged } from "../../api/client.ts";
import { key } from "../../api/keys.ts";
import { inPages, totalOf } from "../../api/pages.ts";
import type { paths } from "../../api/schema.gen.d.ts";
import { documentOf } from "../../entity/edit/document.ts";
import type { Stored } from "../../entity/edit/EditEntity.tsx";
import { versionName } from "../../entity/version.ts";
import { asJson } from "../../lib/json.ts";
import { together } from "./goes.ts";
import { type FunctionFilter, toQuery } from "./search.ts";

/** A function as a list shows it: with what became of its runs. */
export type FunctionDoc = Schema<"FunctionRow">;

/** The document of a row: what became of its runs is no part of it. */
export function withoutRuns(row: FunctionDoc): FunctionDoc {
  const { runs: _, ...doc } = row;
  return doc;
}

const mostNames = 1000;
/** How many versions an expanded row shows. */
export const versionsShown = 5;
/** How many versions the page of a function lists. */
export const versionsListed = 100;
/** How many runs the history of a function is made of. */
export const historyShown = 30;

/** Reads one version with the tag that a write of it rests on. */
export async function readStored(project: string, id: string): Promise<Stored> {
  const path = { project, id };
  const { data, tag } = await tagged(api.GET("/api/v1/-/{project}/functions/{id}", { params: { path } }));
  return { id: data.id, tag, version: versionName(data), document: documentOf(data) };
}

type Asked = NonNullable<paths["/api/v1/-/{project}/functions"]["get"]["parameters"]["query"]>;

/** Asks the list. */
const listed = (project: string, query: Asked, signal: AbortSignal) =>
  body(api.GET("/api/v1/-/{project}/functions", { signal, params: { path: { project }, query } }));

/** Everything that is read about functions. */
export const functions = {
  /** The newest version of each name, page by page. One call a page. */
  list: (project: string, filter: FunctionFilter) =>
    inPages(key("function", project, "list", { ...filter }), (at, signal) =>
      listed(project, { ...at, include: ["runs"], ...toQuery(filter, Date.now()) }, signal),
    ),

  /** How many functions there are without any filter. */
  count: (project: string) => totalOf(key("function", project, "count"), (at, signal) => listed(project, at, signal)),

  /** The newest versions of a name, newest first. One call. */
  versions: (project: string, name: string, most: number) =>
    queryOptions({
      queryKey: key("function", project, "versions", { name, most }),
      queryFn: ({ signal }) => listed(project, { name, versions: "all", size: most, sort: ["created,desc"] }, signal),
    }),

  /** One version. */
  detail: (project: string, id: string) =>
    queryOptions({
      queryKey: key("function", project, "detail", { id }),
      queryFn: ({ signal }) =>
        body(api.GET("/api/v1/-/{project}/functions/{id}", { signal, params: { path: { project, id } } })),
    }),

  /** How many runs a version has, by state. One call. */
  runCounts: (project: string, reference: string) =>
    queryOptions({
      queryKey: key("run", project, "count", { ofVersion: reference }),
      queryFn: ({ signal }) =>
        body(
          api.GET("/api/v1/-/{project}/summary/runs", {
            signal,
            params: { path: { project }, query: { function: reference, buckets: 1 } },
          }),
        ),
    }),

  /** The tasks of a version, which an export takes along. */
  tasks: (project: string, id: string) =>
    queryOptions({
      queryKey: key("task", project, "list", { ofFunction: id }),
      queryFn: ({ signal }) =>
        body(api.GET("/api/v1/-/{project}/functions/{id}/tasks", { signal, params: { path: { project, id } } })),
      staleTime: 0,
    }),

  /** The form of a task. */
  taskSchema: (project: string, kind: string) =>
    queryOptions({
      queryKey: key("schema", project, "detail", { entity: "task", kind }),
      queryFn: async ({ signal }) => {
        const found = await body(
          api.GET("/api/v1/-/{project}/schemas/{entity}/{kind}", {
            signal,
            params: { path: { project, entity: "task", kind } },
          }),
        );
        return asJson(found.schema);
      },
      staleTime: Infinity,
    }),

  /** What goes when one version is deleted. One call. */
  goesWithVersion: (project: string, id: string) =>
    queryOptions({
      queryKey: key("function", project, "count", { goesWith: id }),
      queryFn: ({ signal }) =>
        body(
          api.DELETE("/api/v1/-/{project}/functions/{id}", {
            signal,
            params: { path: { project, id }, query: { cascade: true, dryRun: true } },
          }),
        ),
      staleTime: 0,
    }),

  /** All names for the palette's local index, as far as one call reaches. */
  names: (project: string) =>
    queryOptions({
      queryKey: key("function", project, "names"),
      queryFn: async ({ signal }) => {
        const page = await listed(project, { size: mostNames, sort: ["updated,desc"] }, signal);
        return {
          list: page.content.map(({ name, kind }) => ({ name, kind })),
          complete: page.content.length >= page.totalElements,
        };
      },
    }),

  /** Functions by a part of their name or id, from the server. */
  search: (project: string, text: string) =>
    queryOptions({
      queryKey: key("function", project, "list", { search: text }),
      queryFn: async ({ signal }) => (await listed(project, { q: text, size: 20 }, signal)).content,
      placeholderData: keepPreviousData,
    }),

  /** What goes when all versions of some names are deleted with what hangs on them. One call a name. */
  goes: (project: string, names: readonly string[]) =>
    queryOptions({
      queryKey: key("function", project, "count", { goes: names }),
      queryFn: async ({ signal }) => {
        const plans = await Promise.all(
          names.map((name) =>
            body(
              api.DELETE("/api/v1/-/{project}/functions", {
                signal,
                params: { path: { project }, query: { name, cascade: true, dryRun: true } },
              }),
            ),
          ),
        );
        return plans.reduce(together);
      },
      staleTime: 0,
    }),
};
