import { queryOptions } from "@tanstack/react-query";
import { api, body, type Schema } from "../../api/client.ts";
import { key } from "../../api/keys.ts";

export type SecretDoc = Schema<"Secret">;
export type SecretUsage = Schema<"SecretUsage">;

const pageSize = 1000;

/** Everything that is read about secrets; their values are not. */
export const secrets = {
  /** All secrets of a project by name. One call for each thousand. */
  list: (project: string) =>
    queryOptions({
      queryKey: key("secret", project, "list"),
      queryFn: async ({ signal }) => {
        const all: SecretDoc[] = [];
        for (let page = 0; ; page++) {
          const answer = await body(
            api.GET("/api/v1/-/{project}/secrets", {
              signal,
              params: { path: { project }, query: { page, size: pageSize, sort: ["name,asc"] } },
            }),
          );
          all.push(...answer.content);
          if (answer.last) return all;
        }
      },
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
