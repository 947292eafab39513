import { mutationOptions } from "@tanstack/react-query";
import { api, body, tagged } from "../../api/client.ts";
import { ApiError } from "../../api/error.ts";
import { type Reading, writeGuarded } from "../../entity/edit/guarded.ts";
import type { JsonObject } from "../../lib/json.ts";
import { tellChange } from "../../live/tell.ts";
import { asDocument, draftOf, type TriggerDraft } from "./draft.ts";
import type { TriggerDoc } from "./trigger.ts";

/** What a new trigger is made of. */
export interface NewTrigger {
  name: string;
  kind: string;
  description: string;
  labels: readonly string[];
  when: JsonObject;
  /** Reference of the function's version, such as python://project/name:id. */
  fn: string;
  /** Kind of the task, such as python+job. */
  task: string;
  template: JsonObject;
}

export type TriggerMetadata = Pick<NewTrigger, "description" | "labels">;

// A task belongs to a version and an action; the first who needs it makes it.
async function taskOf(project: string, { fn, task }: NewTrigger): Promise<string> {
  const path = { project };
  const found = await body(
    api.GET("/api/v1/-/{project}/tasks", { params: { path, query: { function: fn, kind: task, size: 1 } } }),
  );
  const known =
    found.content[0] ??
    (await body(
      api.POST("/api/v1/-/{project}/tasks", { params: { path }, body: { kind: task, spec: { function: fn } } }),
    ));
  return `${task}://${project}/${known.id}`;
}

async function create(project: string, trigger: NewTrigger): Promise<TriggerDoc> {
  const { name, kind, description, labels, when, fn, template } = trigger;
  const task = await taskOf(project, trigger);
  return body(
    api.POST("/api/v1/-/{project}/triggers", {
      params: { path: { project } },
      body: {
        name,
        kind,
        metadata: { name, labels: [...labels], ...(description !== "" && { description }) },
        spec: { ...when, task, function: fn, template },
      },
    }),
  );
}

/** A trigger as it is now, with its settings as the form has them. */
async function readNow(project: string, id: string, empty: TriggerDraft): Promise<Reading<TriggerDoc>> {
  const params = { path: { project, id } };
  const { data, tag } = await tagged(api.GET("/api/v1/-/{project}/triggers/{id}", { params }));
  return { tag, doc: data, document: asDocument(draftOf(data, empty)) };
}

const remove = (project: string, id: string) =>
  api.DELETE("/api/v1/-/{project}/triggers/{id}", { params: { path: { project, id } } });

/** Everything that is changed about triggers. */
export const triggerChanges = {
  create: (project: string) =>
    mutationOptions({
      mutationFn: async (trigger: NewTrigger) => {
        const made = await create(project, trigger);
        tellChange({ verb: "create", entity: "trigger", project, id: made.id });
        return made;
      },
    }),

  /**
   * Puts a new trigger in the place of another, whose settings are fixed: it is made first, then the other goes; where
   * that is refused, the new one goes again. Nothing is done where somebody else changed the other since it was read.
   */
  replace: (project: string, base: TriggerDoc, empty: TriggerDraft) =>
    mutationOptions({
      mutationFn: (trigger: NewTrigger) =>
        writeGuarded(
          asDocument(draftOf(base, empty)),
          () => readNow(project, base.id, empty),
          async () => {
            const made = await create(project, trigger);
            try {
              await remove(project, base.id);
            } catch (refused) {
              // Both would fire. One that is gone already is as good as deleted.
              if (!(refused instanceof ApiError && refused.status === 404)) {
                await remove(project, made.id);
                throw refused;
              }
            }
            tellChange({ verb: "delete", entity: "trigger", project, id: base.id });
            return made;
          },
        ),
    }),

  /** Changes description and labels, unless somebody else changed the trigger since it was read. */
  metadata: (project: string, base: TriggerDoc, empty: TriggerDraft) =>
    mutationOptions({
      mutationFn: ({ description, labels }: TriggerMetadata) =>
        writeGuarded(
          asDocument(draftOf(base, empty)),
          () => readNow(project, base.id, empty),
          async ({ doc, tag }) => {
            const saved = await body(
              api.PUT("/api/v1/-/{project}/triggers/{id}", {
                params: { path: { project, id: doc.id }, header: { "If-Match": tag } },
                body: { ...doc, metadata: { ...doc.metadata, description, labels: [...labels] } },
              }),
            );
            tellChange({ verb: "update", entity: "trigger", project, id: doc.id });
            return saved;
          },
        ),
    }),

  /** Switches a trigger on or off. */
  turn: (project: string) =>
    mutationOptions({
      mutationFn: async ({ id, on }: { id: string; on: boolean }) => {
        const params = { params: { path: { project, id } } };
        const turned = await body(
          on
            ? api.POST("/api/v1/-/{project}/triggers/{id}/run", params)
            : api.POST("/api/v1/-/{project}/triggers/{id}/stop", params),
        );
        tellChange({ verb: "update", entity: "trigger", project, id, state: turned.status.state });
        return turned;
      },
    }),

  /** Deletes triggers, one after the other; the first refusal ends it. Their runs stay. */
  remove: (project: string) =>
    mutationOptions({
      mutationFn: async (ids: readonly string[]) => {
        for (const id of ids) {
          await remove(project, id);
          tellChange({ verb: "delete", entity: "trigger", project, id });
        }
        return ids.length;
      },
    }),
};
