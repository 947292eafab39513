import { mutationOptions, type QueryClient } from "@tanstack/react-query";
import { api, body } from "../../api/client.ts";
import { errorText } from "../../api/error.ts";
import { key } from "../../api/keys.ts";
import type { Json, JsonObject } from "../../lib/json.ts";
import { tellChange } from "../../live/tell.ts";
import { withParameter } from "./sweep.ts";

/** A run as it is composed. */
export interface NewRun {
  kind: string;
  /** Reference of the version to execute. */
  fn: string;
  spec: JsonObject;
  labels: readonly string[];
}

/** One parameter's values, each of which becomes a run. */
export interface Sweep {
  parameter: string;
  values: readonly Json[];
  label: string;
}

/** The document that creates a run; the review shows the same. */
export function runDocument({ kind, fn, spec, labels }: NewRun) {
  return { kind, ...(labels.length > 0 && { metadata: { labels: [...labels] } }), spec: { function: fn, ...spec } };
}

/** Some runs of a sweep were created when one was not. */
export class SweepBroken extends Error {
  readonly made: number;
  override readonly cause: unknown;

  constructor(made: number, cause: unknown) {
    super(errorText(cause));
    this.name = "SweepBroken";
    this.made = made;
    this.cause = cause;
  }
}

function post(project: string, run: NewRun, dryRun: boolean) {
  return body(
    api.POST("/api/v1/-/{project}/runs", {
      // A member that the kind does not know, or a profile that is not there, is refused at its field.
      params: { path: { project }, header: { "Dhub-Strict": "1" }, ...(dryRun && { query: { dryRun } }) },
      body: runDocument(run),
    }),
  );
}

/** Everything that the composer creates. */
export const composerChanges = {
  create: (project: string) =>
    mutationOptions({
      mutationFn: (run: NewRun) => post(project, run, false),
      onSuccess: ({ id, kind, name, status }) =>
        tellChange({ verb: "create", entity: "run", project, id, kind, name, state: status.state }),
    }),

  /** Creates a run for each value, after all of them were checked: none is started when one would be refused. */
  sweep: (project: string) =>
    mutationOptions({
      mutationFn: async ({ run, sweep }: { run: NewRun; sweep: Sweep }) => {
        const each = sweep.values.map((value) => ({
          ...run,
          labels: [...run.labels, sweep.label],
          spec: withParameter(run.spec, sweep.parameter, value),
        }));
        await Promise.all(each.map((one) => post(project, one, true)));
        let made = 0;
        for (const one of each) {
          try {
            // One after the other, so that they queue in the order of their values.
            // oxlint-disable-next-line no-await-in-loop
            const { id, kind, name, status } = await post(project, one, false);
            tellChange({ verb: "create", entity: "run", project, id, kind, name, state: status.state });
          } catch (error) {
            throw made === 0 ? error : new SweepBroken(made, error);
          }
          made++;
        }
        return made;
      },
    }),

  savePreset: (project: string, queries: QueryClient) =>
    mutationOptions({
      mutationFn: (preset: { name: string; function: string; kind: string; spec: JsonObject }) =>
        body(api.POST("/api/v1/-/{project}/presets", { params: { path: { project } }, body: preset })),
      onSuccess: (_, { function: name, kind }) =>
        queries.invalidateQueries({ queryKey: key("session", project, "settings", { presets: name, kind }) }),
    }),
};
