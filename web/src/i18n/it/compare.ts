import type { Messages } from "../language.ts";

export const compare: Messages["compare"] = {
  before: "Prima",
  after: "Dopo",
  swap: "Scambia le due",
  layout: "Disposizione",
  split: "Affiancate",
  unified: "Unificate",
  same: "uguale",
  counts: (added, removed) => `+${added} −${removed} righe`,
  between: (before, after) => `${before} → ${after}`,
  metadata: "Metadati",
};
