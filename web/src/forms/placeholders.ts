import type { Placeholder } from "./pickers.ts";

/** Where a placeholder is being written before an offset, and what of its name is there: after {{, before }}. */
export function openPlaceholder(text: string, offset: number): { from: number; typed: string } | undefined {
  const open = /\{\{\s*([\w.]*)$/.exec(text.slice(0, offset));
  return open === null ? undefined : { from: open.index, typed: open[1] ?? "" };
}

/** The placeholders that go on from what was typed, those that begin with it first. */
export function placeholdersFor(typed: string, known: readonly Placeholder[]): readonly Placeholder[] {
  const wanted = typed.toLowerCase();
  const begins = known.filter(({ name }) => name.toLowerCase().startsWith(wanted));
  return [...begins, ...known.filter((each) => !begins.includes(each) && each.name.toLowerCase().includes(wanted))];
}

/** A placeholder as it is written. */
export function written(name: string): string {
  return `{{${name}}}`;
}

/** What the editor of texts offers after {{; undefined elsewhere. */
export function placeholdersAt(
  text: string,
  offset: number,
  known: readonly Placeholder[],
): { from: number; options: { label: string; detail: string }[] } | undefined {
  const open = openPlaceholder(text, offset);
  if (open === undefined || known.length === 0) return undefined;
  return { from: open.from, options: known.map(({ name, help }) => ({ label: written(name), detail: help })) };
}
