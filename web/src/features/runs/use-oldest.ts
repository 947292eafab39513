import { type KeyboardEvent, type RefObject, useRef } from "react";

interface Pages {
  hasNextPage: boolean;
  fetchNextPage: () => Promise<{ hasNextPage: boolean }>;
}

/**
 * End means the oldest run, not the last one loaded: the pages up to it are read first. Takes the key before the table
 * does; what it returns is the handler for the area around it.
 */
export function useOldest(area: RefObject<HTMLElement | null>, { hasNextPage, fetchNextPage }: Pages) {
  const reading = useRef(false);
  return (event: KeyboardEvent) => {
    if (event.key !== "End" || !hasNextPage || reading.current || !(event.target instanceof HTMLElement)) return;
    const target = event.target;
    if (target.getAttribute("role") !== "row") return;
    event.preventDefault();
    event.stopPropagation();
    reading.current = true;
    const next = async (): Promise<void> => {
      const { hasNextPage: more } = await fetchNextPage();
      if (more) await next();
    };
    void next().finally(() => {
      reading.current = false;
      requestAnimationFrame(() => {
        const row = target.isConnected ? target : area.current?.querySelector<HTMLElement>("[role=row][tabindex='0']");
        row?.dispatchEvent(new globalThis.KeyboardEvent("keydown", { key: "End", bubbles: true }));
      });
    });
  };
}
