export const code = {
  loading: "Loading the editor…",
  leave: "Esc, then Tab, leaves the editor.",
  diff: (before: string, after: string) => `Differences from ${before} to ${after}`,
} as const;
