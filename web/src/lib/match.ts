/** How well typed letters name a text: higher is better, undefined is not at all. Letters may be left out, not swapped. */
export function score(text: string, typed: string): number | undefined {
  const words = text.toLowerCase();
  const needle = typed.toLowerCase().trim();
  if (needle === "") return 0;
  const whole = words.indexOf(needle);
  if (whole === 0) return 1000 - words.length;
  if (whole > 0) return (/[\s._/:-]/.test(words[whole - 1] ?? "") ? 800 : 600) - words.length;
  let at = -1;
  let gaps = 0;
  for (const letter of needle) {
    const next = words.indexOf(letter, at + 1);
    if (next < 0) return undefined;
    if (at >= 0) gaps += next - at - 1;
    at = next;
  }
  return 300 - gaps * 4 - words.length;
}

/** The entries that the typed letters name, best first; ties keep their order. */
export function ranked<T>(entries: readonly T[], text: (entry: T) => string, typed: string, most: number): T[] {
  return entries
    .map((entry, index) => ({ entry, index, score: score(text(entry), typed) }))
    .filter((found): found is typeof found & { score: number } => found.score !== undefined)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, most)
    .map((found) => found.entry);
}
