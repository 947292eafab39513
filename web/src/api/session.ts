import { queryOptions } from "@tanstack/react-query";
import { api, body, type Schema } from "./client.ts";
import { key } from "./keys.ts";

/** Who uses the console and what the server has: the two calls of start-up. */
export const session = {
  me: () =>
    queryOptions({
      queryKey: key("session", "", "detail"),
      queryFn: ({ signal }) => body(api.GET("/api/v1/me", { signal })),
      staleTime: Infinity,
    }),
  config: () =>
    queryOptions({
      queryKey: key("session", "", "settings"),
      queryFn: ({ signal }) => body(api.GET("/api/v1/console/config", { signal })),
      staleTime: Infinity,
    }),
};

/** Whether a project is one that the caller reaches; beyond the first thousand any may be. */
export function knows(me: Schema<"Me">, project: string): boolean {
  return me.more || me.projects.some(({ name }) => name === project);
}
