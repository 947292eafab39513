import { lives, type RunDoc } from "./run.ts";

/** A state that a run was in, and for how long. */
export interface Stay {
  state: string;
  at: string;
  time: number | undefined;
  message: string;
}

/** The states of a run, oldest first; the last one lasts until now while the run lives. */
export function staysOf(run: Pick<RunDoc, "status">, now: number): readonly Stay[] {
  const list = (run.status.transitions ?? []).toReversed();
  return list.map(({ status, time, message }, index) => {
    const next = list[index + 1];
    const until = next === undefined ? now : Date.parse(next.time);
    const ends = next !== undefined || lives(run);
    return {
      state: status,
      at: time,
      message: message ?? "",
      time: ends ? Math.max(0, until - Date.parse(time)) : undefined,
    };
  });
}
