import { useSyncExternalStore } from "react";
import { setAway } from "../ui/state/away.ts";
import { useMessages } from "../i18n/language.ts";

/** How fresh the page is. */
export type LiveState =
  | { is: "none" }
  | { is: "connecting" }
  | { is: "live" }
  | { is: "reconnecting"; until: number }
  | { is: "offline"; until: number }
  | { is: "paused" };

let state: LiveState = { is: "none" };
const listeners = new Set<() => void>();

/** Tells all who watch that the page is as fresh as this. */
export function setLiveState(next: LiveState): void {
  state = next;
  setAway(next.is === "offline");
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export function useLiveState(): LiveState {
  return useSyncExternalStore(subscribe, () => state);
}

/** Why nothing can be written now; undefined while the server answers. For the disabledReason of what writes. */
export function useWriteBlock(): string | undefined {
  const m = useMessages();
  return useLiveState().is === "offline" ? m.app.live.writeBlocked : undefined;
}
