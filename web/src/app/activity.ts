import type { Change } from "../live/apply.ts";

/** Something that happened while the console was open. */
export interface Notice {
  id: string;
  project: string;
  name: string;
  state: string;
  at: number;
  read: boolean;
}

const kept = 30;
const ended = new Set(["COMPLETED", "ERROR", "STOPPED"]);

/** What happened, with a change taken in: runs that ended, newest first, one line each. */
export function withChange(notices: readonly Notice[], change: Change, now: number): readonly Notice[] {
  if (change.entity !== "run" || change.verb !== "update" || !ended.has(change.state)) return notices;
  const before = notices.find((notice) => notice.id === change.id);
  if (before?.state === change.state) return notices;
  const notice = {
    id: change.id,
    project: change.project,
    name: change.name || change.id,
    state: change.state,
    at: now,
    read: false,
  };
  return [notice, ...notices.filter((other) => other.id !== change.id)].slice(0, kept);
}
