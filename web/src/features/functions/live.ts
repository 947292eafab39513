import type { LiveRule } from "../../live/apply.ts";
import { refetchDetail, refetchLists } from "../../live/rules.ts";

/** A function that appears, changes or goes: the lists and its own page are read anew. */
export const functionRules: readonly LiveRule[] = [
  refetchLists("function"),
  // The relations of one that is gone are not there to be read.
  (change, key, data) =>
    change.verb === "delete" && "part" in key[3] ? undefined : refetchDetail("function")(change, key, data),
];

/** What runs of a version begin with: its tasks, whoever changes them. */
export const taskRules: readonly LiveRule[] = [refetchLists("task")];

/**
 * A run that changes changes the history that the list shows, and a new one is a relation of what it runs; each is
 * read anew at most once a second.
 */
export const functionsRunRule: LiveRule = (change, key) =>
  key[0] === "function" && key[1] === change.project && (key[2] === "list" || "part" in key[3])
    ? { do: "refetch", key }
    : undefined;
