/** Adds to a selection the ids between an anchor and a target, both included, in the order of the list. */
export function selectRange(
  order: readonly string[],
  selected: ReadonlySet<string>,
  anchor: string,
  target: string,
): Set<string> {
  const next = new Set(selected);
  const from = order.indexOf(anchor);
  const to = order.indexOf(target);
  if (from < 0 || to < 0) return next.add(target);
  for (const id of order.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(id);
  return next;
}

/** Adds an id to a set, or takes it out. */
export function toggled(set: ReadonlySet<string>, id: string): Set<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}
