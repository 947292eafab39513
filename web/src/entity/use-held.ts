import { useRouter } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";

const nothing: ReadonlySet<string> = new Set();

/** What was selected on the pages that were left, by their entry in the history; the latest few. */
const left = new Map<string, ReadonlySet<string>>();
const most = 20;

/** A selection that belongs to the page's entry in the history: who comes back to it by Back finds it again. */
export function useHeld() {
  const entry = useRouter({ warn: false })?.history.location.state.__TSR_key;
  const [own] = useState(entry);
  const [held, hold] = useState(() => (own === undefined ? nothing : (left.get(own) ?? nothing)));
  const latest = useRef(held);
  useEffect(() => {
    latest.current = held;
  });
  useEffect(
    () => () => {
      if (own === undefined) return;
      left.delete(own);
      if (latest.current.size > 0) left.set(own, latest.current);
      const [oldest] = left.keys();
      if (left.size > most && oldest !== undefined) left.delete(oldest);
    },
    [own],
  );
  return [held, hold] as const;
}
