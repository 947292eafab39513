import { type RefObject, useLayoutEffect } from "react";
import { usePrefs } from "../prefs/prefs.ts";
import { useSteady } from "../late/use-steady.ts";

const keys: ReadonlySet<string> = new Set(["j", "k", "arrowdown"]);

/**
 * Lets j, k and ↓ go into the rows of a page's list while nothing has the focus but the page itself or its heading.
 * A list that a dialog covers is left alone.
 */
export function useIntoRows(on: boolean, list: RefObject<HTMLElement | null>, enter: () => boolean): void {
  const { singleKeys } = usePrefs().prefs;
  const take = useSteady(enter);
  useLayoutEffect(() => {
    if (!on) return undefined;
    const press = (event: KeyboardEvent) => {
      const key = event.key.toLowerCase();
      const { target } = event;
      const ofPage =
        target instanceof HTMLElement && (target === document.body || target.matches("main, [data-page-title]"));
      if (
        event.defaultPrevented ||
        event.isComposing ||
        event.metaKey ||
        event.ctrlKey ||
        event.altKey ||
        event.shiftKey ||
        !keys.has(key) ||
        (key.length === 1 && !singleKeys) ||
        !ofPage ||
        list.current === null ||
        list.current.closest("[aria-hidden=true], [inert]") !== null
      )
        return;
      if (take()) event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [list, on, singleKeys, take]);
}
