/** Something that the palette can do or open. */
export interface PaletteEntry {
  id: string;
  group: "pages" | "actions" | "projects" | "entities";
  /** What is shown and matched. */
  text: string;
  /** Shown beside it: a kind, a shortcut. */
  hint?: string | undefined;
  run: () => void;
}
