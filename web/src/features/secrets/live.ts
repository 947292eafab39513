import type { LiveRule } from "../../live/apply.ts";
import { refetchLists } from "../../live/rules.ts";

/** A secret that appears, changes, is revealed or goes: the list and what uses it are read anew. */
export const secretRules: readonly LiveRule[] = [refetchLists("secret")];
