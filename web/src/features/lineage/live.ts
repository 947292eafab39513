import type { LiveRule } from "../../live/apply.ts";

/** Runs and what they read and write make lineage: it is read anew at most once a second. */
export const lineageRule: LiveRule = (change, key) =>
  key[0] === "lineage" && key[1] === change.project ? { do: "refetch", key } : undefined;
