/** A filter that a list offers. */
export interface Filter {
  id: string;
  label: string;
  /** choice offers a list, of which several may hold when multiple is set; text takes words, with suggestions. */
  type: "choice" | "text";
  options?: readonly { value: string; label: string }[] | undefined;
  multiple?: boolean | undefined;
}

/** What is filtered by: filter → its values, without the filters that are not set. */
export type FilterValues = Readonly<Record<string, readonly string[]>>;

/** The words of a value. */
export function valueLabel(filter: Filter, value: string): string {
  return filter.options?.find((option) => option.value === value)?.label ?? value;
}
