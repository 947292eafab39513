import { useSyncExternalStore } from "react";
import type { FailureCarrier } from "./failure.ts";

let away = false;
const listeners = new Set<() => void>();

/** Tells the views whether the server counts as away; live/ knows. */
export function setAway(next: boolean): void {
  if (away === next) return;
  away = next;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Whether the server counts as away: what waits for its first answer then says so, and does not look as if it came soon. */
export function useAway(): boolean {
  return useSyncExternalStore(subscribe, () => away);
}

/** What a view shows that waits for a server that is away. */
export const awayFailure: FailureCarrier = { failure: { kind: "offline", message: "", details: "" } };
