import { mutationOptions } from "@tanstack/react-query";
import { api, body, tagged } from "../../api/client.ts";
import { documentOf, type EntityDocument } from "../../entity/edit/document.ts";
import { writeGuarded } from "../../entity/edit/guarded.ts";
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

/** What runs of a version begin with by one action: the spec of a task. */
export interface DefaultsOf {
  project: string;
  /** The version. */
  id: string;
  reference: string;
  /** Kind of the task. */
  kind: string;
}

/** The defaults of an action as a document; what the task belongs to is no part of it. */
export function defaultsDocument(kind: string, spec: JsonObject): EntityDocument {
  const own = Object.fromEntries(Object.entries(spec).filter(([name]) => name !== "function"));
  return { name: kind, kind, metadata: {}, spec: own };
}

/** Writes what runs of a version begin with, unless somebody else has since it was read: its task is changed, or made. */
export function saveDefaults({ project, id, reference, kind }: DefaultsOf, base: JsonObject, spec: JsonObject) {
  const next = { kind, spec: { ...spec, function: reference } };
  const read = async () => {
    const tasks = await body(
      api.GET("/api/v1/-/{project}/functions/{id}/tasks", { params: { path: { project, id } } }),
    );
    const known = tasks.find((task) => task.kind === kind);
    if (known === undefined) return { tag: "", doc: undefined, document: defaultsDocument(kind, {}) };
    const path = { project, id: known.id };
    const { data, tag } = await tagged(api.GET("/api/v1/-/{project}/tasks/{id}", { params: { path } }));
    return { tag, doc: data, document: defaultsDocument(kind, documentOf({ ...data, name: kind }).spec) };
  };
  return writeGuarded(defaultsDocument(kind, base), read, ({ doc, tag }) =>
    doc === undefined
      ? body(api.POST("/api/v1/-/{project}/tasks", { params: { path: { project } }, body: next }))
      : body(
          api.PUT("/api/v1/-/{project}/tasks/{id}", {
            params: { path: { project, id: doc.id }, header: { "If-Match": tag } },
            body: next,
          }),
        ),
  );
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
