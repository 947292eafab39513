import { useState } from "react";
import { readSchema } from "../../forms/dialect.ts";
import { draftKey } from "../../forms/drafts.ts";
import { useDraft } from "../../forms/use-draft.ts";
import type { JsonObject } from "../../lib/json.ts";
import { useKeptInDialog } from "./use-kept-notice.ts";

/** What a dialog asks of a thing besides what is its own: nothing of it is secret. */
export interface TypedWords {
  name: string;
  description: string;
  labels: readonly string[];
}

const words = readSchema({ type: "object", additionalProperties: true });

/** Keeps the words typed into a dialog as forms keep theirs, and says so when it is closed; whatever else is typed is not kept. */
export function useWordsDraft(route: string, place: string, typed: TypedWords, base = "") {
  const [began] = useState(typed);
  const draft = useDraft(draftKey(route, place, ""), base, words, asJson(began));
  useKeptInDialog(draft);
  return {
    draft,
    keep: (next: TypedWords) => draft.keep(asJson(next)),
    /** What was typed is saved, and needs no draft. */
    done: draft.done,
  };
}

function asJson({ name, description, labels }: TypedWords): JsonObject {
  return { name, description, labels: [...labels] };
}

/** The words of a draft; what cannot be read is empty. */
export function wordsIn({ name, description, labels }: JsonObject): TypedWords {
  return {
    name: typeof name === "string" ? name : "",
    description: typeof description === "string" ? description : "",
    labels: Array.isArray(labels) ? labels.filter((label) => typeof label === "string") : [],
  };
}
