import type { Messages } from "../../i18n/language.ts";

/** What is wrong with a name, in the words of its rule. An empty one is wrong only when it is sent. */
export function nameProblem(m: Messages, name: string, sent: boolean): string | undefined {
  if (name === "") return sent ? m.editor.nameRequired : undefined;
  return /^[\w.+-]+$/.test(name) && name !== "." && name !== ".." ? undefined : m.editor.nameRule;
}
