import { mutationOptions, type QueryClient } from "@tanstack/react-query";
import { api, body, type Schema } from "../../api/client.ts";

/** A label of a project, with how much carries it. */
export type UsedLabel = Schema<"Label">;

/** How often something carries a label; `more` where the server counted no further. */
export interface Use {
  n: number;
  more: boolean;
}

/** What carries a label. The server counts both up to one limit, so that the larger count is the one that reached it. */
export function carriers(label: UsedLabel): { entities: Use; runs: Use } {
  const { entities, runs, exact } = label.use ?? { entities: 0, runs: 0, exact: true };
  const count = (n: number): Use => ({ n, more: !exact && n === Math.max(entities, runs) });
  return { entities: count(entities), runs: count(runs) };
}

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
