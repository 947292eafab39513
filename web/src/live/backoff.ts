/** How long to wait before the n-th try (from 1) to reach a stream again: 1 to 30 s, spread by a half. */
export function backoff(tries: number, random: number): number {
  const full = Math.min(30_000, 1000 * 2 ** Math.min(tries - 1, 5));
  return Math.round(full * (0.5 + random / 2));
}
