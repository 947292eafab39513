import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { CacheKey } from "./keys.ts";

interface NumberedPage {
  last: boolean;
  pageable: { pageNumber?: number | undefined };
}

/** How a list is read page by page, by their numbers; while another filter is asked for, the rows before stay. */
export const byNumber = {
  initialPageParam: 0,
  getNextPageParam: (last: NumberedPage) => (last.last ? undefined : (last.pageable.pageNumber ?? 0) + 1),
  placeholderData: keepPreviousData,
};

const pageSize = 100;

/** A list page by page, one call each. */
export function inPages<Page extends NumberedPage>(
  queryKey: CacheKey,
  read: (at: { page: number; size: number }, signal: AbortSignal) => Promise<Page>,
) {
  return infiniteQueryOptions({
    queryKey,
    queryFn: ({ signal, pageParam }) => read({ page: pageParam, size: pageSize }, signal),
    ...byNumber,
  });
}

/** How many a list has: the total that stands beside a single row. */
export function totalOf(
  queryKey: CacheKey,
  read: (at: { size: number }, signal: AbortSignal) => Promise<{ totalElements: number }>,
) {
  return queryOptions({
    queryKey,
    queryFn: async ({ signal }) => (await read({ size: 1 }, signal)).totalElements,
  });
}
