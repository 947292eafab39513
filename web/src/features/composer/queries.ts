import { queryOptions } from "@tanstack/react-query";
import { api, body, type Schema } from "../../api/client.ts";
import { key } from "../../api/keys.ts";
import { session } from "../../api/session.ts";
import { projectPickers } from "../../entity/edit/pickers.ts";
import type { Existence, Pickers } from "../../forms/pickers.ts";
import { queryable } from "./spec.ts";

/** Everything that is read to compose a run. */
export const composer = {
  /** The form of a run of a function, and the run that it begins from. Two calls, beside what start-up has read. */
  start: (project: string, fn: Schema<"Function">, action: string | undefined, from: string | undefined) =>
    queryOptions({
      queryKey: key("schema", project, "detail", { name: fn.name, kind: fn.kind, action, from }),
      queryFn: async ({ signal, client }) => {
        const { kinds } = await client.ensureQueryData(session.config());
        const actions = kinds.find((kind) => kind.entity === "function" && kind.kind === fn.kind)?.actions ?? [];
        const chosen = action ?? actions[0] ?? "job";
        const kind = `${fn.kind}+${chosen}:run`;
        const path = { project };
        const [schema, run] = await Promise.all([
          body(
            api.GET("/api/v1/-/{project}/schemas/{entity}/{kind}", {
              signal,
              params: { path: { ...path, entity: "run", kind } },
            }),
          ),
          from === undefined
            ? body(
                api.GET("/api/v1/-/{project}/runs", {
                  signal,
                  params: { path, query: { functionName: fn.name, kind, size: 1, sort: ["created,desc"] } },
                }),
              ).then((page) => page.content[0])
            : body(api.GET("/api/v1/-/{project}/runs/{id}", { signal, params: { path: { project, id: from } } })),
        ]);
        return { kind, action: chosen, actions, schema, run: run === undefined ? undefined : queryable(run) };
      },
      staleTime: 0,
      gcTime: 0,
    }),

  /** Saved parameters for runs of a function. */
  presets: (project: string, name: string, kind: string) =>
    queryOptions({
      queryKey: key("session", project, "settings", { presets: name, kind }),
      queryFn: async ({ signal }) => {
        const all = await body(api.GET("/api/v1/-/{project}/presets", { signal, params: { path: { project } } }));
        return all.filter((preset) => preset.function === name && preset.kind === kind);
      },
    }),

  /** Profiles that runs may name, and the most that one may ask for. */
  profiles: (project: string) =>
    queryOptions({
      queryKey: key("run", project, "settings", { profiles: true }),
      queryFn: ({ signal }) => body(api.GET("/api/v1/-/{project}/profiles", { signal, params: { path: { project } } })),
    }),
};

const offered = 20;

/** What the pickers of a run's form choose from. */
export function runPickers(project: string): Pickers {
  const path = { project };
  return {
    ...projectPickers(project),
    profiles: async (typed, signal) => {
      const { profiles } = await body(api.GET("/api/v1/-/{project}/profiles", { signal, params: { path } }));
      return profiles
        .filter(({ name, title }) => `${name} ${title ?? ""}`.includes(typed))
        .map(({ name, title, description }) => ({ value: name, label: title ?? name, note: description }));
    },
    entities: (filter) => async (typed, signal) => {
      const types = filter.types.length === 0 ? ["dataitem", "model", "artifact"] : filter.types;
      const query = { q: typed, type: types, versions: "latest", size: offered };
      const found = await body(api.GET("/api/v1/-/{project}/search", { signal, params: { path, query } }));
      return found.content.map(({ key: value, name, kind }) => ({ value, label: name, note: kind }));
    },
    exists: async (store, signal): Promise<Existence> => {
      const [, entity = "", , rest = ""] = /^store:\/\/[^/]+\/([^/]+)\/([^/]+)\/(.+)$/.exec(store) ?? [];
      const [name = "", id] = rest.split(":");
      const query = { name, versions: "all", size: 1, ...(id !== undefined && { id: [id] }) };
      const ask = { signal, params: { path, query } };
      const call =
        entity === "model"
          ? api.GET("/api/v1/-/{project}/models", ask)
          : entity === "artifact"
            ? api.GET("/api/v1/-/{project}/artifacts", ask)
            : api.GET("/api/v1/-/{project}/dataitems", ask);
      const { content } = await body<{ content: readonly { kind?: string }[] }>(call);
      return content[0] === undefined ? { exists: false } : { exists: true, note: content[0].kind ?? "" };
    },
  };
}
