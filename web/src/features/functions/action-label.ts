import type { Messages } from "../../i18n/language.ts";

/** What an action is called; one that the catalogue does not know by its own name. */
export function actionLabel(m: Messages, action: string): string {
  const known: Readonly<Record<string, string>> = m.functions.actions;
  return (Object.hasOwn(known, action) ? known[action] : undefined) ?? action;
}
