import { type RefObject, useRef, useState } from "react";
import type { JsonObject } from "../lib/json.ts";
import { equal } from "../lib/json.ts";
import { type Draft, dropDraft, findDraft, saveDraft } from "./drafts.ts";
import type { Field } from "./field.ts";

export interface DraftState {
  /** Its name in the browser; undefined where nothing is kept. */
  key: string | undefined;
  /** What was typed earlier and not saved, until it is taken or thrown away. */
  found: Draft | undefined;
  /** The browser has refused to keep what is typed. */
  full: boolean;
  /** Whether the form holds what is kept and not saved: who leaves it is told so. */
  unsaved: RefObject<boolean>;
  keep: (value: JsonObject, beside?: JsonObject) => void;
  /** Takes the draft out of the offer; gone also from the browser unless it was restored. */
  settle: (how: "restored" | "discarded") => void;
}

/**
 * Keeps what is typed in the browser and offers it back, never by itself: base is what the form stands on now,
 * so that the person can be told when the draft stood on something else. Beside the value there may be what the form
 * keeps apart from it.
 */
export function useDraft(
  key: string | undefined,
  base: string,
  root: Field,
  value: JsonObject,
  beside?: JsonObject,
): DraftState {
  const [began] = useState({ value, beside });
  const [found, setFound] = useState(() => {
    const draft = key === undefined ? undefined : findDraft(localStorage, key, Date.now());
    const same = draft !== undefined && equal(draft.value, value) && equal(draft.beside ?? beside, beside);
    return same ? undefined : draft;
  });
  const [full, setFull] = useState(false);
  const unsaved = useRef(false);
  return {
    key,
    found,
    full,
    unsaved,
    keep: (next, nextBeside) => {
      if (key === undefined) return;
      const kept = saveDraft(localStorage, key, next, base, root, Date.now(), nextBeside);
      unsaved.current = kept && !(equal(next, began.value) && equal(nextBeside, began.beside));
      setFull(!kept);
    },
    settle: (how) => {
      if (how === "discarded" && key !== undefined) dropDraft(localStorage, key);
      unsaved.current = how === "restored";
      setFound(undefined);
    },
  };
}
