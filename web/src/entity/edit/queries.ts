import { queryOptions } from "@tanstack/react-query";
import { api, body, type Schema } from "../../api/client.ts";
import { type CacheEntity, key } from "../../api/keys.ts";
import { asJson, type Json } from "../../lib/json.ts";

export type Template = Schema<"Template">;

/** A kind of an entity, with what its form is drawn from. */
export interface Kind {
  kind: string;
  title: string;
  /** What it is for, in a line. */
  purpose: string | undefined;
  schema: Json;
  uiSchema: Json | undefined;
}

function kindOf({ kind, schema, uiSchema }: Schema<"Schema">): Kind {
  const text = (name: string) => {
    const value = schema[name];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  return {
    kind,
    title: text("title") ?? kind,
    purpose: text("description"),
    schema: asJson(schema),
    uiSchema: uiSchema === undefined ? undefined : asJson(uiSchema),
  };
}

/** What a form of an entity is made from; the same for as long as the server is. */
export const editing = {
  /** The schemas of an entity's kinds and those of all metadata. Two calls. */
  schemas: (project: string, entity: CacheEntity) =>
    queryOptions({
      queryKey: key("schema", project, "list", { entity }),
      queryFn: async ({ signal }) => {
        const read = (of: string) =>
          body(api.GET("/api/v1/-/{project}/schemas/{entity}", { signal, params: { path: { project, entity: of } } }));
        const [kinds, metadata] = await Promise.all([read(entity), read("metadata")]);
        return {
          kinds: kinds.content.map(kindOf),
          metadata: metadata.content.map(({ kind, schema }) => ({ kind, schema: asJson(schema) })),
        };
      },
      staleTime: 300_000,
    }),

  /** What one can begin with instead of nothing. One call. */
  templates: (entity: CacheEntity) =>
    queryOptions({
      queryKey: key("schema", "", "list", { templates: entity }),
      queryFn: async ({ signal }) =>
        (await body(api.GET("/api/v1/templates/{entity}", { signal, params: { path: { entity } } }))).content,
      staleTime: 300_000,
    }),
};
