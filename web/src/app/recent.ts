const place = "dhub.recent";
const kept = 8;

/** The projects opened last, newest first. */
export function recentProjects(): readonly string[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(place) ?? "[]");
    return Array.isArray(list) ? list.filter((name): name is string => typeof name === "string") : [];
  } catch {
    return [];
  }
}

/** Remembers that a project was opened. */
export function rememberProject(name: string): void {
  try {
    localStorage.setItem(
      place,
      JSON.stringify([name, ...recentProjects().filter((other) => other !== name)].slice(0, kept)),
    );
  } catch {
    // A browser that keeps nothing lists projects by name.
  }
}
