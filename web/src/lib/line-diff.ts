/** How many lines one text has that the other lacks. */
export interface LineCounts {
  added: number;
  removed: number;
}

/** More edits than these are not searched for: the time for it grows with their square. */
const mostEdits = 2000;

/**
 * Counts the lines that are added and removed between two texts, by the shortest way from one to the other; of texts
 * that have little in common, by the lines that both have wherever they stand.
 */
export function countLines(before: string, after: string): LineCounts {
  const a = lines(before);
  const b = lines(after);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const left = a.slice(start, a.length - end);
  const right = b.slice(start, b.length - end);
  const kept = common(left, right);
  return { added: right.length - kept, removed: left.length - kept };
}

function lines(text: string): string[] {
  if (text === "") return [];
  return (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n");
}

// The length of the longest common subsequence, after Myers: the number of edits is searched upwards.
function common(a: readonly string[], b: readonly string[]): number {
  const most = a.length + b.length;
  const furthest = new Map<number, number>([[1, 0]]);
  for (let edits = 0; edits <= Math.min(most, mostEdits); edits++) {
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const below = furthest.get(diagonal - 1) ?? -1;
      const above = furthest.get(diagonal + 1) ?? -1;
      let x = diagonal === -edits || (diagonal !== edits && below < above) ? above : below + 1;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x++;
      furthest.set(diagonal, x);
      if (x >= a.length && x - diagonal >= b.length) return (most - edits) / 2;
    }
  }
  return shared(a, b);
}

/** How many lines of one text the other has too, each as often as both have it. */
function shared(a: readonly string[], b: readonly string[]): number {
  const left = new Map<string, number>();
  for (const line of a) left.set(line, (left.get(line) ?? 0) + 1);
  let count = 0;
  for (const line of b) {
    const of = left.get(line) ?? 0;
    if (of === 0) continue;
    left.set(line, of - 1);
    count++;
  }
  return count;
}
