import { mutationOptions } from "@tanstack/react-query";
import { api, body } from "../../api/client.ts";
import type { EntityDocument } from "../../entity/edit/document.ts";
import type { JsonObject } from "../../lib/json.ts";
import { tellChange } from "../../live/tell.ts";

/** Writes a new function, or a version of the name if there is one. */
export function createFunction(project: string, document: EntityDocument, dryRun: boolean) {
  const query = dryRun ? { dryRun } : {};
  return body(
    api.POST("/api/v1/-/{project}/functions", { params: { path: { project }, query }, body: { ...document } }),
  );
}

/** Writes a version: other metadata to it, another spec as a new version. */
export function updateFunction(project: string, id: string, document: EntityDocument, tag: string) {
  return body(
    api.PUT("/api/v1/-/{project}/functions/{id}", {
      params: { path: { project, id }, header: { "If-Match": tag } },
      body: { ...document },
    }),
  );
}

/** Writes what runs of a version begin with: changes its task, or makes it. */
export function saveDefaults(
  project: string,
  reference: string,
  kind: string,
  id: string | undefined,
  spec: JsonObject,
) {
  const document = { kind, spec: { ...spec, function: reference } };
  const path = { project };
  return id === undefined
    ? body(api.POST("/api/v1/-/{project}/tasks", { params: { path }, body: document }))
    : body(api.PUT("/api/v1/-/{project}/tasks/{id}", { params: { path: { project, id } }, body: document }));
}

/** Everything that is changed about functions. */
export const functionChanges = {
  /** Deletes one version with its tasks and runs. */
  deleteVersion: (project: string) =>
    mutationOptions({
      mutationFn: (id: string) =>
        api.DELETE("/api/v1/-/{project}/functions/{id}", {
          params: { path: { project, id }, query: { cascade: true } },
        }),
    }),

  /** Deletes all versions of some names with their tasks and runs, one after the other; the first refusal ends it. */
  deleteNames: (project: string) =>
    mutationOptions({
      mutationFn: async (names: readonly string[]) => {
        const done: string[] = [];
        try {
          for (const name of names) {
            await api.DELETE("/api/v1/-/{project}/functions", {
              params: { path: { project }, query: { name, cascade: true } },
            });
            done.push(name);
          }
        } finally {
          if (done.length > 0) tellChange({ verb: "delete", entity: "function", project });
        }
        return done.length;
      },
    }),
};
