export const code = {
  loading: "Loading the editor…",
  leave: "Esc, then Tab, leaves the editor.",
  diff: (before: string, after: string) => `Differences from ${before} to ${after}`,
  /** What the editor's library says, by its own English words; those that are not here stay as they are. */
  phrases: {} as Record<string, string>,
} as const;
