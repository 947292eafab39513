import { type ComponentType, lazy, Suspense, useEffect } from "react";

/** Runs when the browser has nothing better to do. */
export function later(run: () => void): void {
  if (typeof requestIdleCallback === "function") requestIdleCallback(run);
  else setTimeout(run, 500);
}

/** A part of a page that comes by itself, and can be fetched before it is shown. */
export type Lazily<P> = ComponentType<P> & { fetch: () => void };

/** Keeps what is seen only after an act, such as a dialog, out of the page; while it comes there is nothing. */
export function lazily<P extends object>(load: () => Promise<ComponentType<P>>): Lazily<P> {
  const Part = lazy(async () => ({ default: await load() }));
  const part = (props: P) => (
    <Suspense fallback={null}>
      <Part {...props} />
    </Suspense>
  );
  // A fetch that fails is made again when the part is shown, and told then.
  return Object.assign(part, { fetch: () => void load().catch(() => undefined) });
}

/** Fetches parts when the page that may show them stands. The list must be the same at each call. */
export function useFetchedLater(parts: readonly { fetch: () => void }[]): void {
  useEffect(() => later(() => parts.forEach((part) => part.fetch())), [parts]);
}
