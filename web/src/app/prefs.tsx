import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { setApiLanguage } from "../api/client.ts";
import { locales, preferredLocale, setLanguage } from "../i18n/language.ts";
import { defaultPrefs, densities, type Prefs, PrefsContext } from "../ui/prefs/prefs.ts";
import { narrowest, widest } from "../ui/table/column.ts";
import { queryClient } from "./query-client.ts";

const place = "dhub.prefs"; // first.js reads it too

/** Whether a column can have been made that wide: any other width is not of this program, or of another time. */
function isWidth(value: unknown): boolean {
  return typeof value === "number" && value >= narrowest && value <= widest;
}

/** Reads what was chosen before; what is not understood is left at its default. */
export function readPrefs(text: string | null, languages: readonly string[]): Prefs {
  const prefs: Prefs = { ...defaultPrefs, locale: preferredLocale(languages) };
  try {
    const saved = JSON.parse(text ?? "{}") as Partial<Prefs>;
    if (saved.theme === "light" || saved.theme === "dark") prefs.theme = saved.theme;
    const locale = locales.find((known) => known === saved.locale);
    if (locale !== undefined) prefs.locale = locale;
    if (saved.zone === "utc") prefs.zone = "utc";
    prefs.density = densities.find((known) => known === saved.density) ?? prefs.density;
    if (saved.singleKeys === false) prefs.singleKeys = false;
    if (saved.diff === "unified") prefs.diff = "unified";
    if (saved.logTimes === "relative" || saved.logTimes === "absolute") prefs.logTimes = saved.logTimes;
    if (saved.railFolded === true) prefs.railFolded = true;
    const lists = (value: Prefs["hiddenColumns"] = {}) =>
      Object.fromEntries(Object.entries(value).filter(([, ids]) => Array.isArray(ids)));
    prefs.hiddenColumns = lists(saved.hiddenColumns);
    prefs.columnOrder = lists(saved.columnOrder);
    prefs.columnWidths = Object.fromEntries(
      Object.entries(saved.columnWidths ?? {}).map(([table, widths]) => [
        table,
        Object.fromEntries(Object.entries(widths ?? {}).filter(([, width]) => isWidth(width))),
      ]),
    );
  } catch {
    return prefs;
  }
  return prefs;
}

function stored(): string | null {
  try {
    return localStorage.getItem(place);
  } catch {
    return null; // a browser that keeps nothing
  }
}

/** Reads the choices and speaks the language before the first page is drawn. */
export async function startPrefs(): Promise<Prefs> {
  const prefs = readPrefs(stored(), navigator.languages);
  setApiLanguage(prefs.locale);
  await setLanguage(prefs.locale, prefs.zone);
  return prefs;
}

/** Holds what the person chose for this browser, and makes it so. */
export function PrefsProvider({ initial, children }: { initial: Prefs; children: ReactNode }) {
  const [prefs, setPrefs] = useState(initial);
  const change = useCallback((part: Partial<Prefs>) => setPrefs((old) => ({ ...old, ...part })), []);
  // What another tab chose holds here too, else the next choice here would take it back.
  const heard = useRef<Prefs>(undefined);
  useEffect(() => {
    const hear = ({ key, newValue }: StorageEvent) => {
      if (key !== place || newValue === null) return;
      heard.current = readPrefs(newValue, navigator.languages);
      setPrefs(heard.current);
    };
    addEventListener("storage", hear);
    return () => removeEventListener("storage", hear);
  }, []);
  useEffect(() => {
    if (prefs === heard.current) return; // two tabs of different versions would answer each other without end
    try {
      localStorage.setItem(place, JSON.stringify(prefs));
    } catch {
      // The choice lasts as long as the page.
    }
  }, [prefs]);
  const spoken = useRef(prefs.locale);
  useEffect(() => {
    setApiLanguage(prefs.locale);
    void setLanguage(prefs.locale, prefs.zone);
    if (spoken.current === prefs.locale) return;
    spoken.current = prefs.locale;
    // What the server said in the other language: titles of kinds, fields and templates.
    void queryClient.invalidateQueries({ predicate: ({ queryKey: [of] }) => of === "schema" || of === "session" });
  }, [prefs.locale, prefs.zone]);
  useEffect(() => {
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const paint = () => {
      document.documentElement.dataset["theme"] =
        prefs.theme === "system" ? (dark.matches ? "dark" : "light") : prefs.theme;
    };
    paint();
    dark.addEventListener("change", paint);
    return () => dark.removeEventListener("change", paint);
  }, [prefs.theme]);
  const store = useMemo(() => ({ prefs, change }), [prefs, change]);
  return <PrefsContext value={store}>{children}</PrefsContext>;
}
