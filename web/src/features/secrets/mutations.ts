import { mutationOptions } from "@tanstack/react-query";
import { api, body, tagged } from "../../api/client.ts";
import { documentOf, type EntityDocument } from "../../entity/edit/document.ts";
import { writeGuarded } from "../../entity/edit/guarded.ts";
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

/** What can be said of a secret, as a document; its value is in none. */
export function secretDocument(doc: SecretDoc, words: Partial<SecretEdit> = {}): EntityDocument {
  const { description = doc.metadata.description ?? "", labels = doc.metadata.labels ?? [] } = words;
  return { ...documentOf(doc), metadata: { description, labels: [...labels] } };
}

// No document tells one value from another: when it was saved stands for it.
function wordsAs(doc: SecretDoc, value: boolean): EntityDocument {
  const said = secretDocument(doc);
  return value ? { ...said, spec: { ...said.spec, saved: doc.metadata.updated } } : said;
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

  /**
   * Replaces description and labels, and the value where one is given; who did it is written at the secret. Nothing is
   * done where somebody else saved the secret since it was read: where a value is given, whatever they changed of it.
   */
  edit: (project: string, base: SecretDoc) =>
    mutationOptions({
      gcTime: 0,
      mutationFn: ({ value, description, labels }: SecretEdit) => {
        const path = { project, id: base.id };
        return writeGuarded(
          wordsAs(base, value !== ""),
          async () => {
            const { data, tag } = await tagged(api.GET("/api/v1/-/{project}/secrets/{id}", { params: { path } }));
            return { tag, doc: data, document: wordsAs(data, value !== "") };
          },
          async ({ doc, tag }) => {
            await api.PUT("/api/v1/-/{project}/secrets/{id}", {
              params: { path, header: { "If-Match": tag } },
              body: { ...doc, metadata: { ...doc.metadata, description, labels: [...labels] } },
            });
            if (value !== "") await setValue(project, doc.name, value);
            tellChange({ verb: "update", entity: "secret", project, id: doc.id });
          },
        );
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
