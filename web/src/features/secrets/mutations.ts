import { mutationOptions } from "@tanstack/react-query";
import { api, body } from "../../api/client.ts";
import { tellChange } from "../../live/tell.ts";
import type { SecretDoc } from "./queries.ts";

/** What a new secret is made of. */
export interface NewSecret {
  name: string;
  value: string;
  description: string;
  labels: readonly string[];
}

/** What can be changed of a secret; an empty value leaves the stored one. */
export type SecretEdit = Omit<NewSecret, "name">;

function document({ name, description, labels }: NewSecret) {
  return {
    name,
    kind: "secret",
    metadata: { name, labels: [...labels], ...(description !== "" && { description }) },
    spec: { path: `secret://${name}`, provider: "kubernetes" as const },
  };
}

const setValue = (project: string, name: string, value: string) =>
  api.PUT("/api/v1/-/{project}/secrets/data", { params: { path: { project } }, body: { [name]: value } });

/** Everything that is changed about secrets. */
export const secretChanges = {
  /** Makes a secret with its value. Where the value is refused, the secret is not kept either. */
  create: (project: string) =>
    mutationOptions({
      gcTime: 0, // a value must not stay in the cache
      mutationFn: async (secret: NewSecret) => {
        const made = await body(
          api.POST("/api/v1/-/{project}/secrets", { params: { path: { project } }, body: document(secret) }),
        );
        try {
          if (secret.value !== "") await setValue(project, secret.name, secret.value);
        } catch (refused) {
          await api.DELETE("/api/v1/-/{project}/secrets/{id}", { params: { path: { project, id: made.id } } });
          throw refused;
        }
        tellChange({ verb: "create", entity: "secret", project, id: made.id });
        return made;
      },
    }),

  /** Lets the server check a name without making anything. */
  check: (project: string) =>
    mutationOptions({
      mutationFn: (name: string) =>
        api.POST("/api/v1/-/{project}/secrets", {
          params: { path: { project }, query: { dryRun: true } },
          body: document({ name, value: "", description: "", labels: [] }),
        }),
    }),

  /** Replaces the value where one is given, and description and labels; who did it is written at the secret. */
  edit: (project: string, doc: SecretDoc) =>
    mutationOptions({
      gcTime: 0,
      mutationFn: async ({ value, description, labels }: SecretEdit) => {
        const path = { project, id: doc.id };
        if (value !== "") await setValue(project, doc.name, value);
        await api.PUT("/api/v1/-/{project}/secrets/{id}", {
          params: { path },
          body: { ...doc, metadata: { ...doc.metadata, description, labels: [...labels] } },
        });
        tellChange({ verb: "update", entity: "secret", project, id: doc.id });
      },
    }),

  /** Shows the value; the server writes down that and by whom. */
  reveal: (project: string, id: string) =>
    mutationOptions({
      gcTime: 0,
      mutationFn: () =>
        body(api.POST("/api/v1/-/{project}/secrets/{id}/reveal", { params: { path: { project, id } } })),
      onSuccess: () => tellChange({ verb: "update", entity: "secret", project, id }),
    }),

  /** Deletes some secrets, one after the other; the first refusal ends it. */
  remove: (project: string) =>
    mutationOptions({
      mutationFn: async (ids: readonly string[]) => {
        const done: string[] = [];
        try {
          for (const id of ids) {
            await api.DELETE("/api/v1/-/{project}/secrets/{id}", { params: { path: { project, id } } });
            done.push(id);
          }
        } finally {
          if (done.length > 0) tellChange({ verb: "delete", entity: "secret", project });
        }
        return done.length;
      },
    }),
};
