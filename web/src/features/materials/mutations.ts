import { mutationOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { tellChange } from "../../live/tell.ts";
import { entityOf, type Material } from "./material.ts";
import { pathOf } from "./paths.ts";

/** Everything that is changed about data items, models and artifacts. */
export const storedChanges = {
  /** Deletes all versions of some names, one after the other; the first refusal ends it. */
  deleteNames: (project: string, material: Material) =>
    mutationOptions({
      mutationFn: async (names: readonly string[]) => {
        const done: string[] = [];
        try {
          for (const name of names) {
            await api.DELETE(pathOf(material, "/api/v1/-/{project}/dataitems"), {
              params: { path: { project }, query: { name } },
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
