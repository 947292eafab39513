import { queryOptions } from "@tanstack/react-query";
import { api, body } from "./client.ts";
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
