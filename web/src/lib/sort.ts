import { present, texts } from "./search-params.ts";

/** One key of an order: a field by the server's word. */
export interface Sort {
  by: string;
  descending: boolean;
}

/** The most keys that an order has: a fourth would tell apart next to nothing. */
export const mostSorts = 3;

/** Reads the orders of a URL, such as sort=state,asc&sort=created,desc; fields that are not known, and repeated, are dropped. */
export function parseSorts(value: unknown, fields: readonly string[]): readonly string[] | undefined {
  const known = new Map<string, string>();
  for (const text of texts(value) ?? []) {
    const [field = "", direction = ""] = text.split(",");
    if (fields.includes(field) && /^(asc|desc)$/.test(direction) && !known.has(field)) known.set(field, text);
  }
  return known.size === 0 ? undefined : [...known.values()].slice(0, mostSorts);
}

/** The keys of an order that is written as field,asc or field,desc. */
export function sortsOf(list: readonly string[]): readonly Sort[] {
  return list.map((text) => {
    const [by = "", direction] = text.split(",");
    return { by, descending: direction === "desc" };
  });
}

/** The order as the server and the URL have it. */
export function sortTexts(list: readonly Sort[]): readonly string[] {
  return list.map(({ by, descending }) => `${by},${descending ? "desc" : "asc"}`);
}

/** The order for the URL, where the usual one is left out. */
export function unlessUsual(list: readonly Sort[], usual: readonly string[]): readonly string[] | undefined {
  const next = sortTexts(list);
  return next.length === 0 || next.join() === usual.join() ? undefined : next;
}

/**
 * What a table and its chooser are given of an order: as the URL holds it, else the usual one. A change of it is handed
 * over as its part of the URL.
 */
export function sorting(
  held: readonly string[] | undefined,
  usual: readonly string[],
  change: (part: { sort?: readonly string[] }) => void,
) {
  return {
    sort: sortsOf(held ?? usual),
    onSort: (next: readonly Sort[]) => change(present({ sort: unlessUsual(next, usual) })),
  };
}

/** The order after a press on a column: by it alone, and turned around where it was that before. */
export function sortedBy(before: readonly Sort[], by: string, descends: boolean): readonly Sort[] {
  const [only] = before;
  return [{ by, descending: only?.by === by ? !only.descending : descends }];
}

/** The order with a further key behind the others; one that is there is turned around, and then goes. */
export function sortedAlsoBy(before: readonly Sort[], by: string, descends: boolean): readonly Sort[] {
  const held = before.find((sort) => sort.by === by);
  if (held === undefined) return [...before, { by, descending: descends }].slice(-mostSorts);
  if (held.descending === descends || before.length === 1)
    return before.map((sort) => (sort.by === by ? { by, descending: !sort.descending } : sort));
  return before.filter((sort) => sort.by !== by);
}
