import type { Messages } from "../i18n/language.ts";

/** What a reason is called; one that the catalogue lacks keeps its code. */
export function reasonTitle(m: Messages, code: string): string {
  const titles: Readonly<Record<string, string>> = m.runs.reasons;
  return (Object.hasOwn(titles, code) ? titles[code] : undefined) ?? code;
}

/**
 * Why one run failed, in one line: first what the program or the engine said, which tells this failure from others and
 * is what a narrow place leaves; then what the reason is called.
 */
export function failureText(m: Messages, { code, message }: { code: string; message: string }): string {
  const title = reasonTitle(m, code);
  return message === "" ? title : `${message} · ${title}`;
}
