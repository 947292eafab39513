export const compare = {
  before: "Before",
  after: "After",
  swap: "Swap the two",
  layout: "Layout",
  split: "Side by side",
  unified: "Unified",
  same: "the same",
  counts: (added: number, removed: number) => `+${added} −${removed} lines`,
  between: (before: string, after: string) => `${before} → ${after}`,
  metadata: "Metadata",
} as const;
