import { useSyncExternalStore } from "react";

// One timer per pace for the whole page, however many times are shown.
function clock(pace: number) {
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const listeners = new Set<() => void>();
  const tick = () => {
    now = Date.now();
    for (const listener of listeners) listener();
  };
  return {
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      if (timer === undefined) {
        now = Date.now();
        timer = setInterval(tick, pace);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    read: () => now,
  };
}

const seconds = clock(1000);
const minutes = clock(30_000);

/** The present moment in milliseconds, renewed each second or each half minute. */
export function useNow(pace: "second" | "minute"): number {
  const source = pace === "second" ? seconds : minutes;
  return useSyncExternalStore(source.subscribe, source.read);
}
