import { ApiError } from "../api/error.ts";
import type { EntityDocument } from "./edit/document.ts";

interface Read {
  tag: string;
  document: EntityDocument;
}

/** How entities of a type are read and written. */
export interface Labelled {
  read: (id: string) => Promise<Read>;
  write: (id: string, document: EntityDocument, tag: string) => Promise<unknown>;
}

/** Which labels to put on and to take off. */
export interface Labels {
  add?: readonly string[] | undefined;
  remove?: readonly string[] | undefined;
}

const attempts = 3;

/** The labels with others added and some taken out; the order of those that stay is kept. */
export function relabelled(before: readonly string[], { add = [], remove = [] }: Labels): readonly string[] {
  return [...new Set([...before, ...add])].filter((label) => !remove.includes(label));
}

/** Changes the labels of one entity and nothing else of it; whatever somebody else saves meanwhile stays. */
export async function relabel({ read, write }: Labelled, id: string, labels: Labels): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const { document, tag } = await read(id);
    const before = document.metadata["labels"];
    const had = Array.isArray(before) ? before.filter((label) => typeof label === "string") : [];
    const next = relabelled(had, labels);
    if (next.length === had.length && next.every((label) => had.includes(label))) return;
    try {
      await write(id, { ...document, metadata: { ...document.metadata, labels: [...next] } }, tag);
      return;
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 412) || attempt === attempts) throw error;
    }
  }
}
