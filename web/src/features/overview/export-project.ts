import { api, body } from "../../api/client.ts";

const most = 1000;

/** All rows of a list, however many pages it has. */
async function all<Row>(
  read: (page: number) => Promise<{ content: readonly Row[]; last: boolean }>,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let page = 0; ; page++) {
    const { content, last } = await read(page);
    rows.push(...content);
    if (last) return rows;
  }
}

/**
 * All documents of a project that are of use elsewhere: each function is followed by its tasks. Of each name there is the
 * newest version, or all of them, the oldest first, so that what is made of them in their order has the same newest.
 */
export async function projectDocuments(
  project: string,
  versions: "latest" | "all" = "latest",
): Promise<readonly unknown[]> {
  const ask = (page: number) => ({ params: { path: { project }, query: { size: most, page } } });
  const versioned = (page: number) => {
    const query = { size: most, page, ...(versions === "all" && { versions, sort: ["created,asc"] }) };
    return { params: { path: { project }, query } };
  };
  const [own, functions, workflows, tasks, dataitems, models, artifacts, triggers] = await Promise.all([
    body(api.GET("/api/v1/projects/{id}", { params: { path: { id: project } } })),
    all((page) => body(api.GET("/api/v1/-/{project}/functions", versioned(page)))),
    all((page) => body(api.GET("/api/v1/-/{project}/workflows", versioned(page)))),
    all((page) => body(api.GET("/api/v1/-/{project}/tasks", ask(page)))),
    all((page) => body(api.GET("/api/v1/-/{project}/dataitems", versioned(page)))),
    all((page) => body(api.GET("/api/v1/-/{project}/models", versioned(page)))),
    all((page) => body(api.GET("/api/v1/-/{project}/artifacts", versioned(page)))),
    all((page) => body(api.GET("/api/v1/-/{project}/triggers", ask(page)))),
  ]);
  const withTasks = (doc: { id: string }) => [
    doc,
    ...tasks.filter(({ spec }) => [spec.function, spec["workflow"]].some((ref) => endsWith(ref, doc.id))),
  ];
  return [
    { kind: own.kind, name: own.name, metadata: own.metadata },
    ...[...functions, ...workflows].flatMap(withTasks),
    ...dataitems,
    ...models,
    ...artifacts,
    ...triggers,
  ];
}

function endsWith(ref: unknown, id: string): boolean {
  return typeof ref === "string" && ref.endsWith(`:${id}`);
}
