import { mutationOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { tellChange } from "../../live/tell.ts";

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
