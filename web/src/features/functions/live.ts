import type { LiveRule } from "../../live/apply.ts";
import { refetchDetail, refetchLists } from "../../live/rules.ts";

/** A function that appears, changes or goes: the lists and its own page are read anew. */
export const functionRules: readonly LiveRule[] = [refetchLists("function"), refetchDetail("function")];

/** A run that changes changes the history that the list shows; one list is read anew at most once a second. */
export const functionsRunRule: LiveRule = (change, key) =>
  key[0] === "function" && key[1] === change.project && key[2] === "list" ? { do: "refetch", key } : undefined;
