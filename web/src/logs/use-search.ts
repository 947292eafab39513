import { useEffect, useRef, useState } from "react";
import type { Book } from "./book.ts";
import { type Found, LogSearch } from "./log-search.ts";
import type { Query } from "./search.ts";

const nothing: Found = { matches: [], is: "done" };
const starting: Found = { matches: [], is: "searching" };

/** All places of a query in a log, as they are found and as the log grows. */
export function useSearch(book: Book, version: number, query: Query | undefined): Found {
  const search = useRef<LogSearch>(undefined);
  const [found, setFound] = useState<Found & { query: Query }>();
  useEffect(() => {
    if (query === undefined) return undefined;
    const mine = new LogSearch(book, query, (told) => setFound({ ...told, query }));
    search.current = mine;
    mine.more();
    return () => mine.stop();
  }, [book, query]);
  useEffect(() => {
    // The book changes within; its version tells. A search that was ended looks no more.
    if (version >= 0) search.current?.more();
  }, [version]);
  if (query === undefined) return nothing;
  return found?.query === query ? found : starting;
}
