/**
 * How long to wait before the n-th try (from 1) to reach a stream again, spread by a half: 1 to 3 s while somebody
 * looks, so that a page says in time that the server is back; up to 30 s where nobody does.
 */
export function backoff(tries: number, random: number, seen: boolean): number {
  const full = Math.min(seen ? 3000 : 30_000, 1000 * 2 ** Math.min(tries - 1, 5));
  return Math.round(full * (0.5 + random / 2));
}
