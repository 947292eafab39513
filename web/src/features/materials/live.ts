import type { LiveRule } from "../../live/apply.ts";
import { patchState, refetchDetail, refetchLists } from "../../live/rules.ts";
import type { MaterialEntity } from "./material.ts";

/** One that appears, changes or goes: lists are patched and read anew, and so is its own page. */
export function materialRules(entity: MaterialEntity): readonly LiveRule[] {
  return [patchState(entity), refetchLists(entity), refetchDetail(entity)];
}
