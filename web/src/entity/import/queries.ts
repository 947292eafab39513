import { queryOptions } from "@tanstack/react-query";
import { api, body } from "../../api/client.ts";
import { key } from "../../api/keys.ts";
import type { Item } from "./bundle.ts";

async function count(project: string, entity: string, name: string, signal: AbortSignal): Promise<number> {
  const ask = { signal, params: { path: { project }, query: { name, size: 1 } } };
  switch (entity) {
    case "function":
      return (await body(api.GET("/api/v1/-/{project}/functions", ask))).totalElements;
    case "workflow":
      return (await body(api.GET("/api/v1/-/{project}/workflows", ask))).totalElements;
    case "dataitem":
      return (await body(api.GET("/api/v1/-/{project}/dataitems", ask))).totalElements;
    case "model":
      return (await body(api.GET("/api/v1/-/{project}/models", ask))).totalElements;
    case "artifact":
      return (await body(api.GET("/api/v1/-/{project}/artifacts", ask))).totalElements;
    case "trigger":
      return (await body(api.GET("/api/v1/-/{project}/triggers", ask))).totalElements;
    default:
      return 0;
  }
}

/** What is asked of a project before an import, to be forgotten after it. */
export const asked = (project: string) => key("search", project, "count", { imports: true });

/** Whether the project has a thing of that type and name already. One call. */
export const isThere = (project: string, { entity, name }: Pick<Item, "entity" | "name">) =>
  queryOptions({
    queryKey: key("search", project, "count", { imports: true, entity, name }),
    queryFn: async ({ signal }) => (await count(project, entity, name, signal)) > 0,
    staleTime: 10_000, // rows come anew while the text is typed
    retry: false, // it is only said beforehand
  });
