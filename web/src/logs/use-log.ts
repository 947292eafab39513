import { useEffect, useState } from "react";
import { Book } from "./book.ts";
import { type Follow, type LogState, readLog } from "./stream.ts";

export interface Log {
  book: Book;
  state: LogState;
  /** Changes with what is in the book: the book itself stays the same. */
  version: number;
}

/** Reads a log for as long as it is shown; what comes within a frame is drawn at once. */
export function useLog(follow: Follow): Log {
  const [log, setLog] = useState<Log>(() => ({ book: new Book(), state: { is: "connecting" }, version: 0 }));
  useEffect(() => {
    const gone = new AbortController();
    const book = new Book();
    let state: LogState = { is: "connecting" };
    let frame = 0;
    const show = (): void => {
      frame = 0;
      setLog({ book, state, version: book.version });
    };
    const soon = (): void => {
      if (frame === 0) frame = requestAnimationFrame(show);
    };
    soon();
    void readLog(
      follow,
      {
        onChunk: (chunk) => {
          book.append(chunk);
          soon();
        },
        onState: (next) => {
          state = next;
          if (next.is === "ended") book.end();
          soon();
        },
      },
      gone.signal,
    );
    return () => {
      gone.abort();
      cancelAnimationFrame(frame);
    };
  }, [follow]);
  return log;
}
