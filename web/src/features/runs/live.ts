import { key } from "../../api/keys.ts";
import type { Change, LiveRule } from "../../live/apply.ts";
import { isObject } from "../../lib/json.ts";
import { patchState, refetchDetail } from "../../live/rules.ts";

/** How many changes wait at most; where so many do, there were more. */
export const mostKept = 5000;

/** Where the changes of a project's runs wait for the list that is shown. */
export function changesKey(project: string) {
  return key("run", project, "changes");
}

/** Lists that are read by pages take changes by id; they are only told which runs changed. */
const tellList: LiveRule = (change, of) =>
  of[0] === "run" && of[1] === change.project && of[2] === "changes"
    ? {
        do: "patch",
        key: of,
        update: (old) => [...((old as readonly Change[] | undefined) ?? []), change].slice(-mostKept),
      }
    : undefined;

/** Numbers and short lists of a page are read anew. */
const refetchNumbers: LiveRule = (change, of) => {
  if (of[0] !== "run" || of[1] !== change.project) return undefined;
  const short = of[2] === "list" && ("ids" in of[3] || "ofFunction" in of[3]);
  return of[2] === "count" || short ? { do: "refetch", key: of } : undefined;
};

/** A run whose page is open says by itself that it is gone; asking the server for it again would only fail. */
const gone: LiveRule = (change, of) =>
  change.verb === "delete" &&
  of[0] === "run" &&
  of[2] === "detail" &&
  of[3]["id"] === change.id &&
  !("metrics" in of[3]) &&
  !("usage" in of[3])
    ? { do: "patch", key: of, update: deleted }
    : undefined;

function deleted(old: unknown): unknown {
  if (!isObject(old)) return old;
  return { ...old, status: { ...(isObject(old["status"]) ? old["status"] : {}), state: "DELETED" } };
}

const unlessGone =
  (rule: LiveRule): LiveRule =>
  (change, of, data) =>
    change.verb === "delete" ? undefined : rule(change, of, data);

/** A run that changes state has another end of its log, or another attempt with a log of its own. */
const refetchLogs: LiveRule = (change, of) =>
  of[0] === "log" && of[1] === change.project && of[3]["id"] === change.id ? { do: "refetch", key: of } : undefined;

/** A run that appears, changes or goes. */
export const runRules: readonly LiveRule[] = [
  patchState("run"),
  tellList,
  refetchNumbers,
  gone,
  unlessGone(refetchDetail("run")),
  unlessGone(refetchLogs),
];
