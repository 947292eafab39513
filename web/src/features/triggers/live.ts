import type { LiveRule } from "../../live/apply.ts";
import { patchState, refetchDetail, refetchLists } from "../../live/rules.ts";

// A page of a trigger that is gone says so by itself; asking the server for it again would only fail.
const gone: LiveRule = (change, of) =>
  change.verb === "delete" && of[0] === "trigger" && of[2] === "detail" && of[3]["id"] === change.id
    ? { do: "patch", key: of, update: deleted }
    : undefined;

function deleted(old: unknown): unknown {
  if (typeof old !== "object" || old === null) return old;
  const status: unknown = "status" in old ? old.status : {};
  return { ...old, status: { ...(typeof status === "object" ? status : {}), state: "DELETED" } };
}

const unlessGone =
  (rule: LiveRule): LiveRule =>
  (change, of, data) =>
    change.verb === "delete" && (of[2] === "detail" || "runs" in of[3]) ? undefined : rule(change, of, data);

/** A trigger that appears, changes, is switched or goes. */
export const triggerRules: readonly LiveRule[] = [
  gone,
  patchState("trigger"),
  unlessGone(refetchLists("trigger")),
  unlessGone(refetchDetail("trigger")),
];

/** A run that begins or ends may be one that a trigger fired: who shows those reads them anew. */
export const triggersRunRule: LiveRule = (change, of) =>
  of[0] === "trigger" && of[1] === change.project && of[2] === "list" ? { do: "refetch", key: of } : undefined;

/** What a pattern means changes with what is stored. */
export const triggersMatchRule: LiveRule = (change, of) =>
  of[0] === "trigger" && of[1] === change.project && of[2] === "count" ? { do: "refetch", key: of } : undefined;
