import { queryOptions } from "@tanstack/react-query";
import { api, body, type Schema } from "../../api/client.ts";
import { key } from "../../api/keys.ts";
import { inPages, totalOf } from "../../api/pages.ts";
import type { paths } from "../../api/schema.gen.d.ts";
import { type SecretFilter, toQuery } from "./search.ts";

export type SecretDoc = Schema<"Secret">;
export type SecretUsage = Schema<"SecretUsage">;

type Asked = NonNullable<paths["/api/v1/-/{project}/secrets"]["get"]["parameters"]["query"]>;

/** Asks the list. */
const listed = (project: string, query: Asked, signal: AbortSignal) =>
  body(api.GET("/api/v1/-/{project}/secrets", { signal, params: { path: { project }, query } }));

/** Everything that is read about secrets; their values are not. */
export const secrets = {
  /** The secrets of a project, page by page. One call a page. */
  list: (project: string, { name, label, sort }: SecretFilter) =>
    inPages(key("secret", project, "list", { name, label, sort }), (at, signal) =>
      listed(project, { ...at, ...toQuery({ name, label, sort }) }, signal),
    ),

  /** How many secrets there are without any filter. */
  count: (project: string) => totalOf(key("secret", project, "count"), (at, signal) => listed(project, at, signal)),

  /** The secret of a name; null for one that is not there. */
  named: (project: string, name: string) =>
    queryOptions({
      queryKey: key("secret", project, "list", { named: name }),
      queryFn: async ({ signal }) => (await listed(project, { name }, signal)).content[0] ?? null,
    }),

  /** What uses a secret: tasks, triggers and the newest runs. */
  usage: (project: string, id: string) =>
    queryOptions({
      queryKey: key("secret", project, "count", { usage: id }),
      queryFn: ({ signal }) =>
        body(api.GET("/api/v1/-/{project}/secrets/{id}/usage", { signal, params: { path: { project, id } } })),
      staleTime: 0,
    }),

  /** What uses any of some secrets. One call each. */
  usages: (project: string, ids: readonly string[]) =>
    queryOptions({
      queryKey: key("secret", project, "count", { usages: ids }),
      queryFn: ({ signal }) =>
        Promise.all(
          ids.map((id) =>
            body(api.GET("/api/v1/-/{project}/secrets/{id}/usage", { signal, params: { path: { project, id } } })),
          ),
        ),
      staleTime: 0,
    }),
};
