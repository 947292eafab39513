import { oneText, present, type SearchValues } from "../../lib/search-params.ts";

/** The URL of a function's page: v pins a version, tab is the part that is shown. */
export interface FunctionPageSearch {
  v?: string;
  tab?: string;
}

/** Reads the URL of the page; the latest version and the first tab are left out of it. */
export function parsePage(values: SearchValues): FunctionPageSearch {
  const tab = oneText(values["tab"]);
  return present({ v: oneText(values["v"]), tab: tab === "summary" ? undefined : tab });
}

/** The tabs of a function: those of any function, and one for each action of its kind. An unknown one is the first. */
export function tabOf(tab: string | undefined, actions: readonly string[], hasCode: boolean): string {
  const known = ["summary", ...(hasCode ? ["code"] : []), "spec", ...actions, "triggers", "lineage"];
  return known.find((each) => each === tab) ?? "summary";
}
