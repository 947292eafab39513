import { useSyncExternalStore } from "react";
import type { en } from "./en.ts";
import { start } from "./en/start.ts";
import { type Format, makeFormat, type Zone } from "./format.ts";

/** What a catalogue must hold: the words of en.ts, each as text or as a function of the same arguments. */
export type Messages = Widen<typeof en>;

type Widen<T> = T extends string
  ? string
  : T extends (...args: infer A) => unknown
    ? (...args: A) => string
    : { readonly [K in keyof T]: Widen<T[K]> };

export type Locale = "en" | "it";
export const locales: readonly Locale[] = ["en", "it"];

/** How a language calls itself. */
export const localeNames: Record<Locale, string> = { en: "English", it: "Italiano" };

interface Language {
  locale: Locale;
  messages: Messages;
  format: Format;
}

// The words of the frame are there at once; loadWords() brings those of the pages before one of them is drawn.
let english = start as Messages;
let current: Language = { locale: "en", messages: english, format: makeFormat("en", "local") };
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

let asked = 0;

/** Speaks a language from now on; its catalogue is fetched when it is not English. Of several asked for, the last is spoken. */
export async function setLanguage(locale: Locale, zone: Zone): Promise<void> {
  const turn = ++asked;
  const messages = locale === "it" ? (await import("./it.ts")).it : english;
  if (turn !== asked) return;
  document.documentElement.lang = locale;
  speak({ locale, messages, format: makeFormat(locale, zone) });
}

/** Brings the words of every page; a route that is not the first one waits for it. */
export async function loadWords(): Promise<void> {
  if (english !== start) return; // a page that is busy waits long even for what is there
  const { en } = await import("./en.ts");
  const before = english;
  english = en;
  if (current.locale === "en" && before !== en) speak({ ...current, messages: en });
}

function speak(language: Language): void {
  current = language;
  for (const listener of listeners) listener();
}

/** The words of the language spoken; a change of language renders again. */
export function useMessages(): Messages {
  return useSyncExternalStore(subscribe, () => current.messages);
}

/** How the language spoken writes dates, numbers, sizes and durations. */
export function useFormat(): Format {
  return useSyncExternalStore(subscribe, () => current.format);
}

/** The words outside of a component, such as in a route's head. */
export function messages(): Messages {
  return current.messages;
}

/** Chooses the language of the browser where it is one of ours. */
export function preferredLocale(languages: readonly string[]): Locale {
  for (const tag of languages) {
    const found = locales.find((locale) => tag.toLowerCase().startsWith(locale));
    if (found !== undefined) return found;
  }
  return "en";
}
