import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, body, type Schema } from "../../api/client.ts";
import { key } from "../../api/keys.ts";
import { inPages, totalOf } from "../../api/pages.ts";
import type { paths } from "../../api/schema.gen.d.ts";
import { ApiError } from "../../api/error.ts";
import type { Pickers } from "../../forms/pickers.ts";
import { toQuery, type TriggerFilter } from "./search.ts";

/** How many firings a trigger's page lists. */
export const firesShown = 100;
/** How many matches of a pattern are named. */
export const matchesShown = 20;

/** A run that a trigger fired, with what it executes. */
export type FiredRun = Schema<"Run"> & { function?: Schema<"RunExecutable"> };

type Asked = NonNullable<paths["/api/v1/-/{project}/triggers"]["get"]["parameters"]["query"]>;

/** Asks the list. */
const listed = (project: string, query: Asked, signal: AbortSignal) =>
  body(api.GET("/api/v1/-/{project}/triggers", { signal, params: { path: { project }, query } }));

/** Everything that is read about triggers. */
export const triggers = {
  /** Triggers with their next and last firing, the newest first, page by page. One call a page. */
  list: (project: string, filter: TriggerFilter) =>
    inPages(key("trigger", project, "list", { ...filter }), (at, signal) =>
      listed(project, { ...at, include: ["fires"], ...toQuery(filter) }, signal),
    ),

  /** How many triggers there are without any filter. */
  count: (project: string) => totalOf(key("trigger", project, "count"), (at, signal) => listed(project, at, signal)),

  /** One trigger; of a schedule that is on with its next times. */
  detail: (project: string, id: string) =>
    queryOptions({
      queryKey: key("trigger", project, "detail", { id }),
      queryFn: ({ signal }) =>
        body(api.GET("/api/v1/-/{project}/triggers/{id}", { signal, params: { path: { project, id } } })),
    }),

  /** The newest runs that a trigger fired. */
  runs: (project: string, id: string) =>
    queryOptions({
      queryKey: key("trigger", project, "list", { runs: id }),
      queryFn: async ({ signal }) => {
        const page = await body(
          api.GET("/api/v1/-/{project}/triggers/{id}/runs", {
            signal,
            params: {
              path: { project, id },
              query: { size: firesShown, sort: ["created,desc"], include: ["function"] },
            },
          }),
        );
        // Without fields= rows are whole runs.
        return { runs: page.content as FiredRun[], total: page.totalElements };
      },
    }),

  /** What the key pattern of a lifecycle trigger means by now. */
  matches: (project: string, pattern: string) =>
    queryOptions({
      queryKey: key("trigger", project, "count", { pattern }),
      queryFn: ({ signal }) =>
        body(
          api.GET("/api/v1/-/{project}/matches", {
            signal,
            params: { path: { project }, query: { key: pattern, limit: matchesShown } },
          }),
        ),
      placeholderData: keepPreviousData,
      retry: false, // a pattern that is half typed is refused
    }),

  /** The forms of both kinds. */
  schemas: (project: string) =>
    queryOptions({
      queryKey: key("schema", project, "list", { entity: "trigger" }),
      queryFn: ({ signal }) =>
        body(
          api.GET("/api/v1/-/{project}/schemas/{entity}", {
            signal,
            params: { path: { project, entity: "trigger" } },
          }),
        ),
      staleTime: Infinity,
    }),

  /** The form of the runs that a kind of function makes. */
  runSchema: (project: string, kind: string) =>
    queryOptions({
      queryKey: key("schema", project, "detail", { entity: "run", kind }),
      queryFn: ({ signal }) =>
        body(
          api.GET("/api/v1/-/{project}/schemas/{entity}/{kind}", {
            signal,
            params: { path: { project, entity: "run", kind } },
          }),
        ),
      staleTime: Infinity,
    }),

  /** The versions of a function, newest first. */
  versions: (project: string, name: string) =>
    queryOptions({
      queryKey: key("function", project, "versions", { name, most: 100 }),
      queryFn: ({ signal }) =>
        body(
          api.GET("/api/v1/-/{project}/functions", {
            signal,
            params: { path: { project }, query: { name, versions: "all", size: 100, sort: ["created,desc"] } },
          }),
        ),
    }),
};

const mostExplained = 5;

/** What the forms of a trigger ask of the server: how it reads a schedule. */
export const explain: NonNullable<Pickers["explain"]> = async (schedule, timezone, signal) => {
  try {
    const said = await body(
      api.GET("/api/v1/schedules/explain", {
        signal,
        params: { query: { schedule, count: mostExplained, ...(timezone !== "" && { timezone }) } },
      }),
    );
    return { words: said.words, next: said.next };
  } catch (error) {
    if (error instanceof ApiError && error.status === 400) return { problem: error.message };
    throw error;
  }
};
