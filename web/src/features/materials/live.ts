import type { LiveRule } from "../../live/apply.ts";
import { patchState, refetchDetail, refetchLists } from "../../live/rules.ts";
import type { MaterialEntity } from "./material.ts";

/**
 * One that appears, changes or goes: lists are patched and read anew, and so is its own page. A version that is gone
 * is not asked for again: its page learns that from the list of versions.
 */
export function materialRules(entity: MaterialEntity): readonly LiveRule[] {
  const detail = refetchDetail(entity);
  return [
    patchState(entity),
    refetchLists(entity),
    (change, key, data) => (change.verb === "delete" ? undefined : detail(change, key, data)),
  ];
}
