import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";

interface Page<Row> {
  content: readonly Row[];
  totalElements: number;
}

/** What a table needs of a list that is read page by page: the rows by now, how many there are, and how to go on. */
export function useRows<Row>(query: UseInfiniteQueryResult<InfiniteData<Page<Row>>>) {
  const { data, fetchNextPage, hasNextPage, isFetchingNextPage } = query;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.content) ?? [], [data]);
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);
  return { rows, total: data?.pages[0]?.totalElements ?? 0, onEnd };
}
