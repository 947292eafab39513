import { api, body } from "../../api/client.ts";
import { ApiError, errorText } from "../../api/error.ts";
import { tellChange } from "../../live/tell.ts";
import { type Item, pointAt } from "./bundle.ts";

/** What became of one thing. */
export type Outcome = { item: Item; made: { id: string; name: string } } | { item: Item; line: number; reason: string };

interface Options {
  project: string;
  /** Leave out ids and what else belongs to the originals, so that new things are made. */
  reset: boolean;
  dryRun: boolean;
  /** Switch triggers on, so that they start runs from now on. */
  enable: boolean;
}

const yaml = { headers: { "Content-Type": "application/x-yaml" }, bodySerializer: String };

async function create(
  item: Item,
  text: string,
  { project, reset, dryRun, enable }: Options,
): Promise<{ id: string; name: string }> {
  const ask = { params: { path: { project }, query: { reset, ...(dryRun && { dryRun }) } }, body: text, ...yaml };
  switch (item.entity) {
    case "function":
      return body(api.POST("/api/v1/-/{project}/functions", ask));
    case "workflow":
      return body(api.POST("/api/v1/-/{project}/workflows", ask));
    case "dataitem":
      return body(api.POST("/api/v1/-/{project}/dataitems", ask));
    case "model":
      return body(api.POST("/api/v1/-/{project}/models", ask));
    case "artifact":
      return body(api.POST("/api/v1/-/{project}/artifacts", ask));
    case "trigger":
      return body(
        api.POST("/api/v1/-/{project}/triggers", {
          ...ask,
          params: { path: { project }, query: { ...ask.params.query, ...(!enable && { stopped: true }) } },
        }),
      );
    default:
      throw new Error(`${item.entity} is not imported`);
  }
}

/** The ids of the tasks of a function or workflow, by kind. */
async function taskIds(project: string, entity: string, id: string): Promise<Map<string, string>> {
  const ask = { params: { path: { project, id } } };
  const tasks =
    entity === "workflow"
      ? await body(api.GET("/api/v1/-/{project}/workflows/{id}/tasks", ask))
      : await body(api.GET("/api/v1/-/{project}/functions/{id}/tasks", ask));
  return new Map(tasks.map((task) => [task.kind, task.id]));
}

/** The ids that the tasks of an item had, by kind. */
function oldTaskIds(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(/^key: "?store:\/\/[^/]+\/task\/([^/]+)\/([\w-]+)/gm)].map((m) => [m[1] ?? "", m[2] ?? ""]),
  );
}

/**
 * Makes the things one after the other; one that is refused does not keep the others back. What was made is noted in
 * moved, so that what is sent in a further try still points at it.
 */
export async function send(
  items: readonly Item[],
  options: Options,
  moved = new Map<string, string>(),
): Promise<readonly Outcome[]> {
  const triggers = items.some((item) => item.entity === "trigger");
  const out: Outcome[] = [];
  for (const item of items) {
    if (options.reset && item.from.project !== undefined)
      moved.set(`://${item.from.project}/`, `://${options.project}/`);
    try {
      const made = await create(item, options.reset ? pointAt(item.text, moved) : item.text, options);
      out.push({ item, made });
      if (options.dryRun) continue;
      tellChange({ verb: "create", entity: item.entity, project: options.project, id: made.id, name: made.name });
      if (!options.reset || item.from.id === undefined) continue;
      moved.set(item.from.id, made.id);
      if (!triggers || (item.entity !== "function" && item.entity !== "workflow")) continue;
      const now = await taskIds(options.project, item.entity, made.id);
      for (const [kind, id] of oldTaskIds(item.text)) moved.set(id, now.get(kind) ?? id);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const [field] = error.fields;
      out.push({ item, line: field === undefined ? item.line : item.lineOf(field.pointer), reason: errorText(error) });
    }
  }
  return out;
}
