import { oneText, present, type SearchValues } from "../../lib/search-params.ts";

/** How the events of a run are shown. */
export const eventViews = ["compact", "full", "json"] as const;
export type EventView = (typeof eventViews)[number];

/** What stands beside the log of a run: one of its attempts or containers, or the log of another run. */
export interface Beside {
  is: "attempt" | "container" | "run";
  /** The number of the attempt, the name of the container, or the id of the run. */
  of: string;
}

/** The URL of a run's page beside its tab. */
export interface RunPageSearch {
  events?: EventView;
  /** The second log, as attempt:2, container:init or run:ID. */
  beside?: string;
  /** Whose use of resources is shown; the latest attempt's unless named. */
  attempt?: string;
}

export function parseRunPage(values: SearchValues): RunPageSearch {
  const beside = oneText(values["beside"]);
  const attempt = oneText(values["attempt"]);
  return present({
    events: eventViews.find((view) => view !== "compact" && view === values["events"]),
    beside: besideOf(beside) === undefined ? undefined : beside,
    attempt: /^[1-9]\d*$/.test(attempt ?? "") ? attempt : undefined,
  });
}

/** Reads what stands beside the log; undefined for what is none. */
export function besideOf(text: string | undefined): Beside | undefined {
  const [, is, of = ""] = /^(attempt|container|run):(.+)$/.exec(text ?? "") ?? [];
  if (is === "attempt") return /^[1-9]\d*$/.test(of) ? { is, of } : undefined;
  return is === "container" || is === "run" ? { is, of } : undefined;
}
