import { mutationOptions, type QueryClient } from "@tanstack/react-query";
import { api, body, type Schema } from "../../api/client.ts";
import { key } from "../../api/keys.ts";
import type { EntityDocument } from "../../entity/edit/document.ts";
import { writeGuarded } from "../../entity/edit/guarded.ts";
import { settings } from "./queries.ts";

/** What can be changed of a project. */
export interface ProjectSettings {
  description: string;
  labels: readonly string[];
  source: string;
  store: string;
}

type Project = Schema<"Project">;

/** The settings of a project as its document holds them. */
export function settingsOf({ metadata, spec }: Project): ProjectSettings {
  return {
    description: metadata.description ?? "",
    labels: metadata.labels ?? [],
    source: text(spec["source"]),
    store: text(member(spec["config"], "default_files_store")),
  };
}

/** The settings as the document that a conflict compares. */
export function asDocument({ description, labels, source, store }: ProjectSettings): EntityDocument {
  return { name: "", kind: "project", metadata: { description, labels: [...labels] }, spec: { source, store } };
}

/** The settings that a document says. */
export function fromDocument({ metadata, spec }: EntityDocument): ProjectSettings {
  const { labels } = metadata;
  return {
    description: text(metadata["description"]),
    labels: Array.isArray(labels) ? labels.filter((label) => typeof label === "string") : [],
    source: text(spec["source"]),
    store: text(spec["store"]),
  };
}

/** The document with other settings; whatever else it holds stays. */
export function withSettings(doc: Project, next: ProjectSettings): Project {
  const config = { ...object(doc.spec["config"]), default_files_store: next.store };
  const { default_files_store: store, ...rest } = config;
  const kept = store === "" ? rest : config;
  const spec: Record<string, unknown> = { ...doc.spec, source: next.source, config: kept };
  if (next.source === "") delete spec["source"];
  if (Object.keys(kept).length === 0) delete spec["config"];
  return { ...doc, spec, metadata: { ...doc.metadata, description: next.description, labels: [...next.labels] } };
}

function object(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function member(value: unknown, name: string): unknown {
  return object(value)[name];
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

const renewSaved = (queries: QueryClient, project: string) =>
  queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === "session" && queryKey[1] === project });

/** Everything that is changed in the settings of a project. */
export const settingsChanges = {
  /** Saves the settings, unless somebody else changed them since the base was read: then it gives theirs. */
  save: (queries: QueryClient, project: string) =>
    mutationOptions({
      mutationFn: ({ base, next }: { base: Project; next: ProjectSettings }) =>
        writeGuarded(
          asDocument(settingsOf(base)),
          async () => {
            const { doc, etag = "" } = await queries.fetchQuery({ ...settings.project(project), staleTime: 0 });
            return { doc, tag: etag, document: asDocument(settingsOf(doc)) };
          },
          ({ doc, tag }) =>
            body(
              api.PUT("/api/v1/projects/{id}", {
                params: { path: { id: project }, header: { "If-Match": tag } },
                body: withSettings(doc, next),
              }),
            ),
        ),
      onSuccess: () =>
        Promise.all([
          queries.invalidateQueries(settings.project(project)),
          queries.invalidateQueries({ queryKey: key("project", "", "list").slice(0, 3) }),
        ]),
    }),

  forgetPreset: (queries: QueryClient, project: string) =>
    mutationOptions({
      mutationFn: (id: string) => api.DELETE("/api/v1/-/{project}/presets/{id}", { params: { path: { project, id } } }),
      onSuccess: () => renewSaved(queries, project),
    }),

  /** Keeps a preset again that was thrown away. */
  keepPreset: (queries: QueryClient, project: string) =>
    mutationOptions({
      mutationFn: ({ id: _id, created: _created, updated: _updated, ...preset }: Schema<"Preset">) =>
        api.POST("/api/v1/-/{project}/presets", { params: { path: { project } }, body: preset }),
      onSuccess: () => renewSaved(queries, project),
    }),

  forgetView: (queries: QueryClient, project: string) =>
    mutationOptions({
      mutationFn: (id: string) => api.DELETE("/api/v1/-/{project}/views/{id}", { params: { path: { project, id } } }),
      onSuccess: () => renewSaved(queries, project),
    }),

  /** Keeps a view again that was thrown away. */
  keepView: (queries: QueryClient, project: string) =>
    mutationOptions({
      mutationFn: ({ id: _id, created: _created, updated: _updated, ...view }: Schema<"View">) =>
        api.POST("/api/v1/-/{project}/views", { params: { path: { project } }, body: view }),
      onSuccess: () => renewSaved(queries, project),
    }),
};
