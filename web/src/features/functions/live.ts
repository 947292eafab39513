import type { LiveRule } from "../../live/apply.ts";
import { refetchDetail, refetchLists } from "../../live/rules.ts";

/** A function that appears, changes or goes: the lists and its own page are read anew. */
export const functionRules: readonly LiveRule[] = [refetchLists("function"), refetchDetail("function")];
