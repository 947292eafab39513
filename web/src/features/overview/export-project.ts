import { api, body } from "../../api/client.ts";

const most = 1000;

/** All documents of a project that are of use elsewhere, newest versions only: each function is followed by its tasks. */
export async function projectDocuments(project: string): Promise<readonly unknown[]> {
  const ask = { params: { path: { project }, query: { size: most } } };
  const [own, functions, workflows, tasks, dataitems, models, artifacts, triggers] = await Promise.all([
    body(api.GET("/api/v1/projects/{id}", { params: { path: { id: project } } })),
    body(api.GET("/api/v1/-/{project}/functions", ask)),
    body(api.GET("/api/v1/-/{project}/workflows", ask)),
    body(api.GET("/api/v1/-/{project}/tasks", ask)),
    body(api.GET("/api/v1/-/{project}/dataitems", ask)),
    body(api.GET("/api/v1/-/{project}/models", ask)),
    body(api.GET("/api/v1/-/{project}/artifacts", ask)),
    body(api.GET("/api/v1/-/{project}/triggers", ask)),
  ]);
  const withTasks = (doc: { id: string }) => [
    doc,
    ...tasks.content.filter(({ spec }) => [spec.function, spec["workflow"]].some((ref) => endsWith(ref, doc.id))),
  ];
  return [
    { kind: own.kind, name: own.name, metadata: own.metadata },
    ...[...functions.content, ...workflows.content].flatMap(withTasks),
    ...dataitems.content,
    ...models.content,
    ...artifacts.content,
    ...triggers.content,
  ];
}

function endsWith(ref: unknown, id: string): boolean {
  return typeof ref === "string" && ref.endsWith(`:${id}`);
}
