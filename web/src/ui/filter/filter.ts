import type { OptionSource } from "../combobox/Combobox.tsx";

/** A filter that a list offers. */
export interface Filter {
  id: string;
  label: string;
  /**
   * choice offers a list, of which several may hold when multiple is set; text takes words such as labels, word one
   * exact word, both with suggestions.
   */
  type: "choice" | "text" | "word";
  options?: readonly { value: string; label: string }[] | undefined;
  /** Where a word's suggestions are asked for once it is opened, instead of options. */
  suggest?: OptionSource | undefined;
  multiple?: boolean | undefined;
}

/** What is filtered by: filter → its values, without the filters that are not set. */
export type FilterValues = Readonly<Record<string, readonly string[]>>;

/** The words of a value. */
export function valueLabel(filter: Filter, value: string): string {
  return filter.options?.find((option) => option.value === value)?.label ?? value;
}
