import { createContext, useContext } from "react";
import type { Locale } from "../../i18n/language.ts";
import type { Zone } from "../../i18n/format.ts";

export type Theme = "system" | "light" | "dark";

/** How high the rows of lists are: 32, 40 or 48 pixels. */
export const densities = ["compact", "normal", "touch"] as const;
export type Density = (typeof densities)[number];

/** What a person has chosen for this browser; never a credential. */
export interface Prefs {
  theme: Theme;
  locale: Locale;
  zone: Zone;
  density: Density;
  singleKeys: boolean;
  railFolded: boolean;
  /** Differences of two texts beside each other, or one text with what changed in it. */
  diff: "split" | "unified";
  /** Before each line of a log when it was written: since the start of its run, or on the clock. */
  logTimes: "off" | "relative" | "absolute";
  /** The columns hidden, by table. */
  hiddenColumns: Readonly<Record<string, readonly string[]>>;
  /** The order of columns, by table, where it is not the usual one. */
  columnOrder: Readonly<Record<string, readonly string[]>>;
  /** The widths of columns in pixels, by table and column, where they are not the usual ones. */
  columnWidths: Readonly<Record<string, Readonly<Record<string, number>>>>;
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
  columnOrder: {},
  columnWidths: {},
};

export interface PrefsStore {
  prefs: Prefs;
  change: (part: Partial<Prefs>) => void;
}

export const PrefsContext = createContext<PrefsStore>({ prefs: defaultPrefs, change: () => {} });

export function usePrefs(): PrefsStore {
  return useContext(PrefsContext);
}
