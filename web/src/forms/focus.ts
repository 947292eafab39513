import { idOf } from "./form-context.ts";
import { parent } from "./value.ts";

const focusable = "input:not([type=hidden]):not([hidden]), select, textarea, button, [contenteditable=true]";

/** Goes to a field, or to the nearest one around it that is drawn, and opens what is folded on the way. */
export function focusField(form: string, pointer: string): void {
  const at = document.getElementById(idOf(form, pointer));
  if (at === null) {
    if (pointer !== "") focusField(form, parent(pointer));
    return;
  }
  for (let up = at.parentElement; up !== null; up = up.parentElement) {
    if (up instanceof HTMLDetailsElement) up.open = true;
  }
  const target = at.matches(focusable) ? at : (at.querySelector<HTMLElement>(focusable) ?? at);
  target.focus();
  target.scrollIntoView({ block: "center" });
}

/** After a row was taken out: to the button that takes out the one in its place; without one, to the one that adds. */
export function focusRow(rows: HTMLElement | null, index: number): void {
  // They are drawn anew when this is done.
  setTimeout(() => {
    const drawn = rows?.querySelectorAll<HTMLElement>(":scope > [data-row], :scope > [data-item]") ?? [];
    const place = drawn[Math.min(index, drawn.length - 1)] ?? rows;
    [...(place?.querySelectorAll<HTMLElement>("button") ?? [])].at(-1)?.focus();
  });
}
