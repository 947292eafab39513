import type { LiveRule } from "../../live/apply.ts";

/** Whatever changes in a project changes its summary, which is read anew at most once a second. */
export const overviewRule: LiveRule = (change, key) =>
  key[0] === "summary" && key[1] === change.project ? { do: "refetch", key } : undefined;
