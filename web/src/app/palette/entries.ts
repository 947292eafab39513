import type { Named } from "../../entity/place.ts";

/** Something that the palette can do or open. */
export interface PaletteEntry {
  id: string;
  group: "recent" | "pages" | "actions" | "projects" | "entities";
  /** What is shown and matched. */
  text: string;
  /** Shown beside it: a kind, a shortcut. */
  hint?: string | undefined;
  /** The document that it opens, to be offered again. */
  of?: Named | undefined;
  run: () => void;
}
