import { mutationOptions, type QueryClient } from "@tanstack/react-query";
import { api, body } from "../../api/client.ts";
import { key } from "../../api/keys.ts";
import { session } from "../../api/session.ts";

/** What a new project is made of. */
export interface NewProject {
  name: string;
  description: string;
  labels: readonly string[];
}

function document({ name, description, labels }: NewProject) {
  return { name, kind: "project", metadata: { name, labels: [...labels], ...(description !== "" && { description }) } };
}

// A page inside a project follows that one alone: lists, and the names that come with the session, are read anew.
async function renew(queries: QueryClient): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: key("project", "", "list").slice(0, 3) }),
    queries.invalidateQueries(session.me()),
  ]);
}

/** Everything that is changed about projects. */
export const projectChanges = {
  create: (queries: QueryClient) =>
    mutationOptions({
      mutationFn: (project: NewProject) => body(api.POST("/api/v1/projects", { body: document(project) })),
      onSuccess: () => renew(queries),
    }),

  /** Lets the server check a new project without making it: its rules are the rules. */
  check: () =>
    mutationOptions({
      mutationFn: (project: NewProject) =>
        api.POST("/api/v1/projects", { params: { query: { dryRun: true } }, body: document(project) }),
    }),

  remove: (queries: QueryClient) =>
    mutationOptions({
      mutationFn: (name: string) =>
        api.DELETE("/api/v1/projects/{id}", { params: { path: { id: name }, query: { cascade: true } } }),
      onSuccess: (_, name) => {
        queries.removeQueries({ predicate: (query) => query.queryKey[1] === name });
        return renew(queries);
      },
    }),
};
