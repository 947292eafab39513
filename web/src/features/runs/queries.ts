import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, body, type Schema } from "../../api/client.ts";
import { ApiError } from "../../api/error.ts";
import { key } from "../../api/keys.ts";
import { causeLine, type LogTail } from "./cause.ts";
import type { RunDoc, RunRow } from "./run.ts";
import { type RunFilter, toQuery, usualSort } from "./search.ts";

const firstPage = 100;
const laterPages = 500;
const newestFirst = "created,desc";
/** How many bars the histogram has. */
export const buckets = 48;

const rowFields = [
  "name",
  "kind",
  "key",
  "project",
  "user",
  "metadata",
  "status.state",
  "status.reason",
  "status.message",
  "status.durations",
  "status.transitions",
  "status.started_at",
  "status.finished_at",
  "status.trigger",
  "spec.function",
  "spec.workflow",
  "spec.local_execution",
];

/** What the rows of a list are selected, ordered and filled by. */
export interface RunListParams extends RunFilter {
  sort?: readonly string[];
  /** Rows hold their parameters too, which costs the server more. */
  parameters?: boolean;
}

export type RunPage = Omit<Schema<"RunPage">, "content"> & { content: RunRow[] };

// A list may leave out members of a run; those that rows need are asked for, or come with whole runs.
function whole(page: Schema<"RunPage">): RunPage {
  return page as RunPage;
}

async function page(project: string, params: RunListParams, more: object, signal: AbortSignal): Promise<RunPage> {
  const found = await body(
    api.GET("/api/v1/-/{project}/runs", {
      signal,
      params: {
        path: { project },
        query: {
          ...toQuery(params, Date.now()),
          fields: params.parameters === true ? [...rowFields, "spec.parameters"] : rowFields,
          include: ["function", "metrics"],
          ...more,
        },
      },
    }),
  );
  return whole(found);
}

function readMetrics(project: string, id: string, signal: AbortSignal) {
  return body(api.GET("/api/v1/-/{project}/runs/{id}/metrics", { signal, params: { path: { project, id } } }));
}

/** Everything that is read about runs. */
export const runs = {
  /** Runs by a filter, page by page after the server's cursor. One call a page; the first is small. */
  list: (project: string, params: RunListParams) =>
    infiniteQueryOptions({
      queryKey: key("run", project, "list", { ...params }),
      queryFn: ({ signal, pageParam }) =>
        page(
          project,
          params,
          {
            sort: [...(params.sort ?? usualSort)],
            size: pageParam === "" ? firstPage : laterPages,
            ...(pageParam !== "" && { cursor: pageParam }),
          },
          signal,
        ),
      initialPageParam: "",
      getNextPageParam: (last) => last.next,
      placeholderData: keepPreviousData,
      staleTime: Infinity, // the feed's changes are merged by id (use-run-changes.ts)
      structuralSharing: false, // it compares place by place: a row that comes at the top would make all others anew
    }),

  /** Those of some runs that a filter selects. One call. */
  among: (project: string, params: RunListParams, ids: readonly string[], signal: AbortSignal) =>
    page(project, params, { id: [...ids], size: ids.length }, signal),

  /** The newest runs of all versions of a function, or of those the ones of one action. One call. */
  newestOf: (project: string, of: { name: string; action?: string }, most: number) =>
    queryOptions({
      queryKey: key("run", project, "list", { ofFunction: of.name, action: of.action, most }),
      queryFn: ({ signal }) =>
        page(
          project,
          { function: of.name, ...(of.action !== undefined && { action: of.action }) },
          { size: most, sort: [newestFirst] },
          signal,
        ),
    }),

  /** How many runs a filter selects, by state and time. One call. */
  counts: (project: string, filter: RunFilter) =>
    queryOptions({
      queryKey: key("run", project, "count", { ...filter }),
      queryFn: ({ signal }) =>
        body(
          api.GET("/api/v1/-/{project}/summary/runs", {
            signal,
            params: { path: { project }, query: { ...toQuery(filter, Date.now()), buckets } },
          }),
        ),
      placeholderData: keepPreviousData,
    }),

  /** One run, whole. */
  detail: (project: string, id: string) =>
    queryOptions({
      queryKey: key("run", project, "detail", { id }),
      queryFn: ({ signal }): Promise<RunDoc> =>
        body(api.GET("/api/v1/-/{project}/runs/{id}", { signal, params: { path: { project, id } } })),
    }),

  /** All metrics of a run: those of its status, and those that were sent by themselves. One call. */
  metrics: (project: string, id: string) =>
    queryOptions({
      queryKey: key("run", project, "detail", { id, metrics: true }),
      queryFn: ({ signal }) => readMetrics(project, id, signal),
    }),

  /** What an attempt of a run used over time, the latest unless named. One call. */
  usage: (project: string, id: string, attempt: number | undefined) =>
    queryOptions({
      queryKey: key("run", project, "detail", { id, usage: attempt ?? 0 }),
      queryFn: ({ signal }) =>
        body(
          api.GET("/api/v1/-/{project}/runs/{id}/usage", {
            signal,
            params: { path: { project, id }, query: attempt === undefined ? {} : { attempt } },
          }),
        ),
    }),

  /** Some runs, whole with their metrics, in the order asked for; those that are gone are left out. A call, and one each. */
  several: (project: string, ids: readonly string[]) =>
    queryOptions({
      queryKey: key("run", project, "list", { ids }),
      queryFn: async ({ signal }): Promise<readonly RunRow[]> => {
        const found = await body(
          api.GET("/api/v1/-/{project}/runs", {
            signal,
            params: { path: { project }, query: { id: [...ids], size: ids.length, include: ["function"] } },
          }),
        );
        const there = ids.flatMap((id) => whole(found).content.find((run) => run.id === id) ?? []);
        return Promise.all(
          there.map(async (run): Promise<RunRow> => {
            try {
              const metrics = await readMetrics(project, run.id, signal);
              return { ...run, status: { ...run.status, metrics } };
            } catch (error) {
              // One that was deleted meanwhile, or is not answered for, has those of its status.
              if (!(error instanceof ApiError)) throw error;
              return run;
            }
          }),
        );
      },
    }),

  /** The newest runs of a function, whole, newest first. One call. */
  ofFunction: (project: string, name: string, kind: string, most: number) =>
    queryOptions({
      queryKey: key("run", project, "list", { ofFunction: name, kind, most }),
      queryFn: async ({ signal }): Promise<readonly RunRow[]> => {
        const found = await body(
          api.GET("/api/v1/-/{project}/runs", {
            signal,
            params: {
              path: { project },
              query: { functionName: name, kind, size: most, sort: [newestFirst], include: ["function"] },
            },
          }),
        );
        return whole(found).content;
      },
    }),

  /** The ids of some runs and of a function's newest ones, up to three. One call. */
  lastWith: (project: string, name: string, ids: readonly string[]) =>
    queryOptions({
      queryKey: key("run", project, "list", { ofFunction: name, ids }),
      queryFn: async ({ signal }): Promise<readonly string[]> => {
        const found = await body(
          api.GET("/api/v1/-/{project}/runs", {
            signal,
            params: {
              path: { project },
              query: { functionName: name, size: 3, sort: [newestFirst], fields: ["name"] },
            },
          }),
        );
        return [...new Set([...ids, ...found.content.map((run) => run.id)])].slice(0, 3);
      },
      staleTime: 0,
    }),

  /**
   * The end of a run's log: its last lines as text, without one that was cut off at its beginning, and the number of
   * the line where its cause stands, known where the log is short enough to be read whole.
   */
  tail: (project: string, id: string, attempt: number | undefined) =>
    queryOptions({
      queryKey: key("log", project, "detail", { id, tail: attempt ?? 0 }),
      queryFn: async ({ signal }): Promise<LogTail> => {
        const { data, response } = await api.GET("/api/v1/-/{project}/runs/{id}/log", {
          signal,
          parseAs: "text",
          headers: { Range: `bytes=-${tailBytes}` },
          params: { path: { project, id }, query: attempt === undefined ? {} : { attempt } },
        });
        const lines = (data ?? "").replace(/\n$/, "").split("\n");
        const begins = (response.headers.get("content-range") ?? "bytes 0-").startsWith("bytes 0-");
        const { visible } = await import("../../logs/ansi.ts");
        const seen = (begins ? lines : lines.slice(1)).map(visible);
        return { lines: seen.slice(-tailLines), cause: begins ? causeLine(seen) : undefined };
      },
    }),

  /** What a run executes, with the number of its version; that of a version that is gone is absent. One call. */
  executable: (project: string, id: string) =>
    queryOptions({
      queryKey: key("run", project, "names", { of: id }),
      queryFn: async ({ signal }) => {
        const found = await body(
          api.GET("/api/v1/-/{project}/runs", {
            signal,
            params: { path: { project }, query: { id: [id], fields: ["name"], include: ["function"] } },
          }),
        );
        return found.content[0]?.function ?? null;
      },
      staleTime: Infinity,
    }),

  /** The logs that a run has: one for each attempt and container. */
  logs: (project: string, id: string) =>
    queryOptions({
      queryKey: key("log", project, "list", { id }),
      queryFn: ({ signal }) =>
        body(api.GET("/api/v1/-/{project}/runs/{id}/logs", { signal, params: { path: { project, id } } })),
    }),
};

const tailBytes = 65_536;
const tailLines = 8;

/** The lists that a person saved for the project's runs. */
export const views = {
  list: (project: string) =>
    queryOptions({
      queryKey: key("session", project, "settings", { views: true }),
      queryFn: async ({ signal }) => {
        const all = await body(api.GET("/api/v1/-/{project}/views", { signal, params: { path: { project } } }));
        return all.filter((view) => view.page === "runs");
      },
    }),
};
