import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, body, type Schema } from "../../api/client.ts";
import { key } from "../../api/keys.ts";
import { type Span, spans } from "./search.ts";

export type SummaryDoc = Schema<"ProjectSummary">;

/** Everything that the overview reads: one call. */
export const overview = {
  summary: (project: string, span: Span) =>
    queryOptions({
      queryKey: key("summary", project, "detail", { span }),
      queryFn: ({ signal }) =>
        body(
          api.GET("/api/v1/-/{project}/summary", {
            signal,
            params: { path: { project }, query: { since: span, buckets: spans[span] } },
          }),
        ),
      placeholderData: keepPreviousData,
    }),
};
