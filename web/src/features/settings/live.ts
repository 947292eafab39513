import type { LiveRule } from "../../live/apply.ts";

/** Whatever changes in a project may change its labels; they are read anew at most once a second while they are shown. */
export const labelsRule: LiveRule = (change, key) =>
  key[0] === "label" && key[1] === change.project ? { do: "refetch", key } : undefined;
