import { createContext, useContext } from "react";
import type { Locale } from "../../i18n/language.ts";
import type { Zone } from "../../i18n/format.ts";

export type Theme = "system" | "light" | "dark";

/** What a person has chosen for this browser; never a credential. */
export interface Prefs {
  theme: Theme;
  locale: Locale;
  zone: Zone;
  density: "compact" | "normal";
  singleKeys: boolean;
  railFolded: boolean;
  /** Differences of two texts beside each other, or one text with what changed in it. */
  diff: "split" | "unified";
  /** Before each line of a log when it was written: since the start of its run, or on the clock. */
  logTimes: "off" | "relative" | "absolute";
  /** The columns hidden, by table. */
  hiddenColumns: Readonly<Record<string, readonly string[]>>;
}

export const defaultPrefs: Prefs = {
  theme: "system",
  locale: "en",
  zone: "local",
  density: "normal",
  singleKeys: true,
  railFolded: false,
  diff: "split",
  logTimes: "off",
  hiddenColumns: {},
};

export interface PrefsStore {
  prefs: Prefs;
  change: (part: Partial<Prefs>) => void;
}

export const PrefsContext = createContext<PrefsStore>({ prefs: defaultPrefs, change: () => {} });

export function usePrefs(): PrefsStore {
  return useContext(PrefsContext);
}
