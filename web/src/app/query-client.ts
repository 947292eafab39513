import { QueryClient } from "@tanstack/react-query";
import { retryRead } from "../api/client.ts";

/** The only home of server data. It is fresh while the stream lives; the feed (live/) decides what is read anew. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 5 * 60_000,
      retry: retryRead,
      refetchOnWindowFocus: false,
      networkMode: "always",
    },
    mutations: { retry: false, networkMode: "always" },
  },
});
