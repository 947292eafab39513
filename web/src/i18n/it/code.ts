import type { Messages } from "../language.ts";

export const code = {
  loading: "Caricamento dell’editor…",
  leave: "Esc e poi Tab per uscire dall’editor.",
  diff: (before, after) => `Differenze da ${before} a ${after}`,
} satisfies Messages["code"];
