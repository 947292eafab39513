import { useLayoutEffect, useRef } from "react";
import { usePrefs } from "../prefs/prefs.ts";
import { match, stroke, takesText } from "./sequence.ts";

export type Shortcuts = Readonly<Record<string, () => void>>;

/** Keys that step from one thing to the next, which may be held. */
const steps: ReadonlySet<string> = new Set(["n", "shift+n", "[", "]"]);
const pause = 1200; // how long a sequence such as g f may take between its keys

/**
 * Binds keys for as long as the component is there. Single keys and sequences (g f) rest while text is typed, a
 * dialog is open, or the person has switched them off; combinations (mod+k) always work. A key that is held acts once,
 * unless it steps.
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  const { prefs } = usePrefs();
  const current = useRef(shortcuts);
  // Before the page is painted: a key pressed at the first sight of it counts.
  useLayoutEffect(() => {
    current.current = shortcuts;
  });
  useLayoutEffect(() => {
    let typed = "";
    let last = 0;
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || ["Shift", "Control", "Meta", "Alt"].includes(event.key))
        return;
      const key = stroke(event);
      const combined = key.startsWith("mod+");
      if (!combined) {
        const dialog =
          event.target instanceof HTMLElement && event.target.closest("[role=dialog], [role=menu]") !== null;
        if (!prefs.singleKeys || takesText(event.target) || dialog) return;
      }
      if (event.timeStamp - last > pause) typed = "";
      last = event.timeStamp;
      const known = Object.keys(current.current);
      const candidate = typed === "" ? key : `${typed} ${key}`;
      const found = match(known, candidate);
      if (found === "part") {
        typed = candidate;
        return;
      }
      typed = "";
      if (found === "none") return;
      event.preventDefault();
      if (!event.repeat || steps.has(candidate)) current.current[candidate]?.();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [prefs.singleKeys]);
}
