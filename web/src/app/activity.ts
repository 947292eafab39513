import type { Change } from "../live/apply.ts";

/** Something that happened while the console was open. */
export interface Notice {
  entity: "run" | "trigger";
  id: string;
  project: string;
  name: string;
  state: string;
  at: number;
  read: boolean;
}

const kept = 30;
/** The states that are worth a word: a run has ended, a trigger fires no more. */
const told: Readonly<Record<Notice["entity"], ReadonlySet<string>>> = {
  run: new Set(["COMPLETED", "ERROR", "STOPPED"]),
  trigger: new Set(["ERROR"]),
};

/** What happened, with a change taken in: runs that ended and triggers that failed, newest first, one line each. */
export function withChange(notices: readonly Notice[], change: Change, now: number): readonly Notice[] {
  const { entity } = change;
  if (entity !== "run" && entity !== "trigger") return notices;
  if (change.verb !== "update" || !told[entity].has(change.state)) return notices;
  const before = notices.find((notice) => notice.id === change.id);
  if (before?.state === change.state) return notices;
  const notice: Notice = {
    entity,
    id: change.id,
    project: change.project,
    name: change.name || change.id,
    state: change.state,
    at: now,
    read: false,
  };
  return [notice, ...notices.filter((other) => other.id !== change.id)].slice(0, kept);
}
