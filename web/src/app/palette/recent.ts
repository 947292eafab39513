import type { Named } from "../../entity/place.ts";

/** Something opened from the palette before. */
export interface Opened extends Named {
  hint: string;
}

const place = "dhub.opened";
const kept = 40;
const shown = 5;

function all(): readonly Opened[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(place) ?? "[]");
    return Array.isArray(list) ? list.filter(isOpened) : [];
  } catch {
    return [];
  }
}

function isOpened(value: unknown): value is Opened {
  if (typeof value !== "object" || value === null) return false;
  const texts: Readonly<Record<string, unknown>> = { ...value };
  return ["entity", "project", "name", "hint"].every((name) => typeof texts[name] === "string");
}

const same = (a: Named, b: Named) =>
  a.entity === b.entity && a.project === b.project && a.name === b.name && a.id === b.id;

/** What was opened in a project, newest first. */
export function openedIn(project: string | undefined): readonly Opened[] {
  return all()
    .filter((each) => each.project === project)
    .slice(0, shown);
}

/** Remembers what was opened. */
export function rememberOpened(opened: Opened): void {
  try {
    const others = all().filter((other) => !same(other, opened));
    localStorage.setItem(place, JSON.stringify([opened, ...others].slice(0, kept)));
  } catch {
    // A browser that keeps nothing has no recent entries.
  }
}
