import { createContext, type RefObject, useContext, useLayoutEffect, useRef } from "react";
import { usePrefs } from "../prefs/prefs.ts";
import { match, stroke, takesText } from "./sequence.ts";

export type Shortcuts = Readonly<Record<string, () => void>>;

/** Keys that step from one thing to the next, which may be held. */
const steps: ReadonlySet<string> = new Set(["n", "shift+n", "[", "]"]);
const pause = 1200; // how long a sequence such as g f may take between its keys

/** The modal dialog that a component stands in; none on the page itself. */
export const LayerContext = createContext<RefObject<HTMLElement | null> | undefined>(undefined);

/** Combinations that work from everywhere; the others act on what the focus is in, never on the page behind a dialog. */
const everywhere: ReadonlySet<string> = new Set(["mod+k"]);

/**
 * Binds keys for as long as the component is there. Single keys and sequences (g f) rest while text is typed, a
 * dialog is open, or the person has switched them off; combinations (mod+s) work while one types, on the page or the dialog that they belong to. A key that is held acts once,
 * unless it steps.
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  const { prefs } = usePrefs();
  const layer = useContext(LayerContext);
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
      const within = event.target instanceof HTMLElement ? event.target.closest("[role=dialog]") : null;
      if (combined && !everywhere.has(key) && within !== (layer?.current ?? null)) return;
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
  }, [prefs.singleKeys, layer]);
}
