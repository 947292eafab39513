import type { LiveRule } from "../../live/apply.ts";

/** Projects and runs that change, in whatever project, change what the list of projects tells. */
export const projectsRule: LiveRule = (change, key) =>
  key[0] === "project" && key[2] === "list" && (change.entity === "project" || change.entity === "run")
    ? { do: "refetch", key }
    : undefined;

/** The settings of a project are its document. */
export const projectSettingsRule: LiveRule = (change, key) =>
  change.entity === "project" && change.verb === "update" && key[0] === "project" && key[1] === change.project
    ? { do: "refetch", key }
    : undefined;

/** The names of projects come with the session. */
export const projectNamesRule: LiveRule = (change, key) =>
  change.entity === "project" && change.verb !== "update" && key[0] === "session" && key[2] === "detail"
    ? { do: "refetch", key }
    : undefined;
