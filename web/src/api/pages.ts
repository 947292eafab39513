import { keepPreviousData } from "@tanstack/react-query";

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
