import { queryOptions } from "@tanstack/react-query";
import { api, body } from "../../api/client.ts";
import { type CacheEntity, key } from "../../api/keys.ts";

/** What a version came from and what came of it, one step either way. One call. */
export function relationsOf(project: string, entity: CacheEntity, doc: { id: string; key: string }) {
  return queryOptions({
    queryKey: key(entity, project, "detail", { id: doc.id, part: "relations" }),
    queryFn: ({ signal }) =>
      body(
        api.GET("/api/v1/-/{project}/lineage", {
          signal,
          params: { path: { project }, query: { key: doc.key, depth: 1 } },
        }),
      ),
  });
}
