import { type RefObject, useEffect, useRef, useState } from "react";
import type { JsonObject } from "../lib/json.ts";
import { equal } from "../lib/json.ts";
import { type Draft, dropDraft, findDraft, putDraft, saveDraft } from "./drafts.ts";
import type { Field } from "./field.ts";

export interface DraftState {
  /** Its name in the browser. */
  key: string;
  /** What was typed earlier and not saved, until it is taken or thrown away. */
  found: Draft | undefined;
  /** The browser has refused to keep what is typed. */
  full: boolean;
  /** Whether the form holds what is kept and not saved: who leaves it is told so. */
  unsaved: RefObject<boolean>;
  /** What became of the draft that was found, until the form is saved or given up. */
  became: "restored" | "discarded" | undefined;
  keep: (value: JsonObject, beside?: JsonObject) => void;
  /**
   * Takes the draft out of the offer; gone also from the browser unless it was restored. Beneath one that is thrown away
   * may lie another that was never answered: it is offered next.
   */
  settle: (how: "restored" | "discarded") => void;
  /** Who leaves the form is told otherwise that what is typed is kept. */
  leaveUntold: () => void;
  /** What was typed is saved or given up, and needs no draft. */
  done: () => void;
}

/**
 * Keeps what is typed in the browser and offers it back, never by itself: base is what the form stands on now,
 * so that the person can be told when the draft stood on something else. Saved is what the form holds now when nothing is
 * typed: what equals it needs no draft. Beside the value there may be what the form keeps apart from it.
 */
export function useDraft(
  key: string,
  base: string,
  root: Field,
  saved: JsonObject,
  savedBeside?: JsonObject,
): DraftState {
  const pristine = (value: JsonObject, beside?: JsonObject) =>
    equal(value, saved) && equal(beside ?? savedBeside, savedBeside);
  const [found, setFound] = useState(() => {
    const draft = findDraft(localStorage, key, Date.now());
    return draft === undefined || pristine(draft.value, draft.beside) ? undefined : draft;
  });
  const [became, setBecame] = useState<DraftState["became"]>();
  const [full, setFull] = useState(false);
  const unsaved = useRef(false);
  const typed = useRef<Pick<Draft, "value" | "beside">>(undefined);
  const beneath = useRef<Draft>(undefined); // what lay under the one that was taken
  // What is on offer stays beside what is typed: it was neither taken nor thrown away. One is enough.
  const unanswered = (next: JsonObject): Draft | undefined => {
    if (found === undefined) return beneath.current;
    if (equal(next, found.value)) return found.before;
    const { before: _, ...offered } = found;
    return offered;
  };
  const drop = () => {
    dropDraft(localStorage, key);
    typed.current = undefined;
    unsaved.current = false;
  };
  // What was typed is gone again: what was on offer and not answered lies there as before.
  const untype = () => {
    const offered = found ?? beneath.current;
    drop();
    if (offered !== undefined) putDraft(localStorage, key, offered);
  };
  useEffect(() => {
    // What was typed may have become what is saved, as when the other's version of a conflict was taken over.
    if (typed.current !== undefined && pristine(typed.current.value, typed.current.beside)) untype();
  });
  return {
    key,
    found,
    full,
    unsaved,
    became,
    keep: (next, beside) => {
      if (pristine(next, beside)) {
        untype();
        return;
      }
      const kept = saveDraft(localStorage, key, next, base, root, Date.now(), beside, unanswered(next));
      typed.current = { value: next, ...(beside !== undefined && { beside }) };
      unsaved.current = kept;
      setFull(!kept);
    },
    settle: (how) => {
      if (how === "restored") {
        unsaved.current = true;
        beneath.current = found?.before;
      } else if (typed.current !== undefined) {
        const { value, beside } = typed.current;
        saveDraft(localStorage, key, value, base, root, Date.now(), beside);
      } else if (found?.before !== undefined) {
        putDraft(localStorage, key, found.before);
        setFound(found.before);
        return;
      } else drop();
      setFound(undefined);
      setBecame(how);
    },
    leaveUntold: () => {
      unsaved.current = false;
    },
    done: () => {
      drop();
      setFound(undefined);
      setBecame(undefined);
    },
  };
}
