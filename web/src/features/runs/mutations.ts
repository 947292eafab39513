import { mutationOptions, type QueryClient } from "@tanstack/react-query";
import { api, body } from "../../api/client.ts";
import { tellChange } from "../../live/tell.ts";
import type { RunDoc } from "./run.ts";
import { views } from "./queries.ts";

type Told = Pick<RunDoc, "id" | "kind" | "name" | "project"> & { status: { state: string } };

function tell(verb: "create" | "update" | "delete", run: Told): void {
  tellChange({
    verb,
    entity: "run",
    project: run.project,
    id: run.id,
    kind: run.kind,
    name: run.name,
    state: run.status.state,
  });
}

/** What many runs can be asked for at once. */
export interface BulkAsk {
  action: "stop" | "delete" | "rerun" | "label";
  ids: readonly string[];
  add?: readonly string[];
  remove?: readonly string[];
}

/** Everything that is changed about runs. */
export const runChanges = {
  /** Asks a run to stop; it goes on ending after the answer. */
  stop: (project: string) =>
    mutationOptions({
      mutationFn: (id: string) =>
        body(api.POST("/api/v1/-/{project}/runs/{id}/{action}", { params: { path: { project, id, action: "stop" } } })),
      onSuccess: (run) => tell("update", run),
    }),

  /** Starts a new run with the specification of another and answers with it. */
  rerun: (project: string) =>
    mutationOptions({
      mutationFn: (id: string) =>
        body(
          api.POST("/api/v1/-/{project}/runs/{id}/{action}", { params: { path: { project, id, action: "rerun" } } }),
        ),
      onSuccess: (run) => tell("create", run),
    }),

  /** One action on many runs; each has its own outcome. One call. */
  bulk: (project: string) =>
    mutationOptions({
      mutationFn: ({ action, ids, add, remove }: BulkAsk) =>
        body(
          api.POST("/api/v1/-/{project}/runs/bulk", {
            params: { path: { project } },
            body: { action, ids: [...ids], ...(add && { add: [...add] }), ...(remove && { remove: [...remove] }) },
          }),
        ),
      onSuccess: ({ results }, { action }) => {
        for (const { id, outcome, state = "", run } of results) {
          if (outcome !== "done") continue;
          const told = { entity: "run", project, state } as const;
          if (run !== undefined) tellChange({ ...told, verb: "create", id: run, state: "" });
          else tellChange({ ...told, id, verb: action === "delete" && state !== "DELETING" ? "delete" : "update" });
        }
      },
    }),
};

/** Saves and forgets lists of runs. */
export const viewChanges = {
  save: (project: string, queries: QueryClient) =>
    mutationOptions({
      mutationFn: ({ name, query }: { name: string; query: string }) =>
        body(
          api.POST("/api/v1/-/{project}/views", { params: { path: { project } }, body: { name, page: "runs", query } }),
        ),
      onSuccess: () => queries.invalidateQueries(views.list(project)),
    }),

  remove: (project: string, queries: QueryClient) =>
    mutationOptions({
      mutationFn: (id: string) => api.DELETE("/api/v1/-/{project}/views/{id}", { params: { path: { project, id } } }),
      onSuccess: () => queries.invalidateQueries(views.list(project)),
    }),
};
