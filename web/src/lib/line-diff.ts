/** How many lines one text has that the other lacks. */
export interface LineCounts {
  added: number;
  removed: number;
}

/** Counts the lines that are added and removed between two texts, by the shortest way from one to the other. */
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
  for (let edits = 0; edits <= most; edits++) {
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const below = furthest.get(diagonal - 1) ?? -1;
      const above = furthest.get(diagonal + 1) ?? -1;
      let x = diagonal === -edits || (diagonal !== edits && below < above) ? above : below + 1;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x++;
      furthest.set(diagonal, x);
      if (x >= a.length && x - diagonal >= b.length) return (most - edits) / 2;
    }
  }
  return 0;
}
