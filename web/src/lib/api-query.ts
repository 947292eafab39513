import { type SearchValues, writeSearch } from "./search-params.ts";

/** The address that the API answers a list at, as it can be given to another program. */
export function apiQuery(path: readonly string[], query: SearchValues): string {
  const origin = globalThis.location?.origin ?? "";
  return `${origin}/api/v1/${path.map(encodeURIComponent).join("/")}${writeSearch(query)}`;
}
