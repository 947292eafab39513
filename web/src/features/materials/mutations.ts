import { mutationOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { tellChange } from "../../live/tell.ts";
import { entityOf, type Material, type MaterialDoc } from "./material.ts";
import { pathOf } from "./paths.ts";

/** Everything that is changed about data items, models and artifacts. */
export const storedChanges = {
  /** Deletes one version, perhaps with its files. */
  deleteVersion: (project: string, material: Material) =>
    mutationOptions({
      mutationFn: async ({ doc, withFiles }: { doc: MaterialDoc; withFiles: boolean }) => {
        const { id, name, kind } = doc;
        await api.DELETE(pathOf(material, "/api/v1/-/{project}/dataitems/{id}"), {
          params: { path: { project, id }, query: { cascade: withFiles } },
        });
        tellChange({ verb: "delete", entity: entityOf(material), project, id, name, kind });
      },
    }),

  /** Deletes all versions of some names, perhaps with their files, one after the other; the first refusal ends it. */
  deleteNames: (project: string, material: Material) =>
    mutationOptions({
      mutationFn: async ({ names, withFiles }: { names: readonly string[]; withFiles: boolean }) => {
        const done: string[] = [];
        try {
          for (const name of names) {
            await api.DELETE(pathOf(material, "/api/v1/-/{project}/dataitems"), {
              params: { path: { project }, query: { name, cascade: withFiles } },
            });
            done.push(name);
          }
        } finally {
          if (done.length > 0) tellChange({ verb: "delete", entity: entityOf(material), project });
        }
        return done.length;
      },
    }),
};
