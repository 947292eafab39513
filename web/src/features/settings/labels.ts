import { mutationOptions, type QueryClient } from "@tanstack/react-query";
import { api, body, type Schema } from "../../api/client.ts";

/** A label of a project, with how much carries it. */
export type UsedLabel = Schema<"Label">;

/** A change of labels reaches every list: whatever is cached of the project is read anew when it is shown. */
const renew = (queries: QueryClient, project: string) =>
  queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] === project });

/** What is done to a label on all that carries it. */
export const labelChanges = {
  /** Gives it another name; with one that is in use it is merged. */
  rename: (queries: QueryClient, project: string) =>
    mutationOptions({
      mutationFn: (names: Schema<"LabelRename">) =>
        body(api.POST("/api/v1/-/{project}/labels/rename", { params: { path: { project } }, body: names })),
      onSettled: () => renew(queries, project),
    }),

  remove: (queries: QueryClient, project: string) =>
    mutationOptions({
      mutationFn: (label: string) =>
        body(api.POST("/api/v1/-/{project}/labels/remove", { params: { path: { project } }, body: { label } })),
      onSettled: () => renew(queries, project),
    }),
};
