import type { LiveRule } from "../../live/apply.ts";
import { patchState, refetchDetail, refetchLists } from "../../live/rules.ts";

/** A trigger that appears, changes, is switched or goes. */
export const triggerRules: readonly LiveRule[] = [
  patchState("trigger"),
  refetchLists("trigger"),
  refetchDetail("trigger"),
];

/** A run that begins or ends may be one that a trigger fired: who shows those reads them anew. */
export const triggersRunRule: LiveRule = (change, of) =>
  of[0] === "trigger" && of[1] === change.project && of[2] === "list" ? { do: "refetch", key: of } : undefined;

/** What a pattern means changes with what is stored. */
export const triggersMatchRule: LiveRule = (change, of) =>
  of[0] === "trigger" && of[1] === change.project && of[2] === "count" ? { do: "refetch", key: of } : undefined;
