import { queryOptions } from "@tanstack/react-query";
import { api, body, type Schema } from "../../api/client.ts";
import { key } from "../../api/keys.ts";

export type TemplateDoc = Schema<"Template">;

/** Everything that is read about templates; they are the server's and change with it. */
export const templates = {
  list: () =>
    queryOptions({
      queryKey: key("schema", "", "list", { templates: "all" }),
      queryFn: async ({ signal }) =>
        (await body(api.GET("/api/v1/templates", { signal, params: { query: { size: 1000 } } }))).content,
      staleTime: 300_000,
    }),
};
