import type { Messages } from "../../i18n/language.ts";

type Known = keyof Messages["runs"]["reasons"];

function known(m: Messages, code: string): code is Known {
  return Object.hasOwn(m.runs.reasons, code);
}

/** What a reason is called; one that the catalogue lacks keeps its code. */
export function reasonTitle(m: Messages, code: string): string {
  return known(m, code) ? m.runs.reasons[code] : code;
}

/** What to do about a reason; undefined where nothing general can be said. */
export function reasonAdvice(m: Messages, code: string): string | undefined {
  const advice: Readonly<Record<string, string>> = m.runs.advice;
  return Object.hasOwn(advice, code) ? advice[code] : undefined;
}
