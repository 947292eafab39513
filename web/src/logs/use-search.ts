import { useEffect, useRef, useState } from "react";
import type { Book } from "./book.ts";
import { findIn, type Match, type Query } from "./search.ts";

interface Progress {
  query: Query;
  book: Book;
  removed: number;
  /** Rows before this one need not be looked at again. */
  done: number;
  matches: Match[];
}

const slice = 20_000;
const none: readonly Match[] = [];

/**
 * Finds all places of a query, piece by piece so that typing and scrolling go on, and in new rows as they come.
 */
export function useSearch(book: Book, version: number, query: Query | undefined): readonly Match[] {
  const progress = useRef<Progress>(undefined);
  const [found, setFound] = useState<{ query: Query; matches: readonly Match[] }>();
  useEffect(() => {
    if (query === undefined) return undefined;
    const old = progress.current;
    const goesOn = old !== undefined && old.query === query && old.book === book && old.removed === book.removed;
    const now: Progress = goesOn ? old : { query, book, removed: book.removed, done: 0, matches: [] };
    progress.current = now;
    const settled = now.matches.findLastIndex((m) => m.row < now.done) + 1;
    now.matches = now.matches.slice(0, settled);
    let from = now.done;
    let timer: ReturnType<typeof setTimeout>;
    const look = (): void => {
      const to = Math.min(book.rows.length, from + slice);
      now.matches = now.matches.concat(findIn(book.rows, query, from, to));
      now.done = Math.min(to, book.settled);
      from = to;
      setFound({ query, matches: now.matches });
      if (from < book.rows.length) timer = setTimeout(look);
    };
    timer = setTimeout(look);
    return () => clearTimeout(timer);
    // The book changes within; its version tells.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [book, version, query]);
  return query !== undefined && found?.query === query ? found.matches : none;
}
