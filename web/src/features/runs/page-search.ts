import { present, type SearchValues } from "../../lib/search-params.ts";

/** How the events of a run are shown. */
export const eventViews = ["compact", "full", "json"] as const;
export type EventView = (typeof eventViews)[number];

/** The URL of a run's page beside its tab. */
export interface RunPageSearch {
  events?: EventView;
}

export function parseRunPage(values: SearchValues): RunPageSearch {
  return present({ events: eventViews.find((view) => view !== "compact" && view === values["events"]) });
}
