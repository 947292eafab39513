import type { Messages } from "../../i18n/language.ts";

/** What to do about a reason; undefined where nothing general can be said. */
export function reasonAdvice(m: Messages, code: string): string | undefined {
  const advice: Readonly<Record<string, string>> = m.runs.advice;
  return Object.hasOwn(advice, code) ? advice[code] : undefined;
}
