// What goes with functions that are deleted, as the server counts it without deleting.
import type { Schema } from "../../api/client.ts";
import type { Messages } from "../../i18n/language.ts";

type Plan = Schema<"DeletePlan">;

/** What goes when both of two deletions are done. */
export function together(one: Plan, other: Plan): Plan {
  const entities = { ...one.entities };
  for (const [type, count] of Object.entries(other.entities)) entities[type] = (entities[type] ?? 0) + count;
  return {
    entities,
    kept: one.kept + other.kept,
    live_runs: one.live_runs + other.live_runs,
    runs: one.runs + other.runs,
    triggers: one.triggers + other.triggers,
  };
}

/** How many versions of functions go. */
export const versionsOf = (plan: Plan): number => plan.entities["function"] ?? 0;

/** What goes besides the versions, each with its number. */
export function alongside(m: Messages, plan: Plan): string[] {
  const { goes } = m.functions;
  const counts = [
    [plan.entities["task"] ?? 0, goes.tasks],
    [plan.runs, goes.runs],
    [plan.live_runs, m.runs.goesLive],
    [plan.triggers, goes.triggers],
  ] as const;
  return counts.flatMap(([count, say]) => (count > 0 ? [say(count)] : []));
}
