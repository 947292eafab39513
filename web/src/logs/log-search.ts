import type { Book } from "./book.ts";
import { findIn, type Match, type Query } from "./search.ts";
import { type GivenUp, openSearcher, type Searcher } from "./searcher.ts";

/** What was found up to now, and whether there may be more. */
export interface Found {
  matches: readonly Match[];
  is: "searching" | "done" | GivenUp;
}

const slice = 20_000;

/**
 * Finds all places of a query in a log, piece by piece so that typing and scrolling go on, and in new rows as they
 * come. An expression that may take without end is tried beside the page, and given up when it takes too long.
 */
export class LogSearch {
  private readonly book: Book;
  private readonly query: Query;
  private readonly tell: (found: Found) => void;
  private readonly beside: Searcher | undefined;
  private matches: readonly Match[] = [];
  /** Rows before this one need not be looked at again. */
  private done = 0;
  private removed: number;
  private busy = false;
  private over = false;

  constructor(book: Book, query: Query, tell: (found: Found) => void) {
    this.book = book;
    this.query = query;
    this.tell = tell;
    this.removed = book.removed;
    this.beside = query.mayRunAway ? openSearcher() : undefined;
  }

  /** Looks at what is there now; while it looks already, that goes on until there is nothing new. */
  more(): void {
    if (this.busy || this.over) return;
    this.busy = true;
    void this.look();
  }

  /** Nothing is told any more. */
  stop(): void {
    this.over = true;
    this.beside?.stop();
  }

  private async look(): Promise<void> {
    let seen = -1;
    while (!this.over && this.book.version !== seen) {
      seen = this.book.version;
      if (this.book.removed !== this.removed) {
        this.removed = this.book.removed;
        this.matches = [];
        this.done = 0;
      }
      // One piece after the other; between them the page has its turn.
      // oxlint-disable-next-line no-await-in-loop
      const stopped = await this.through(this.done);
      if (stopped !== undefined) {
        this.stop();
        this.tell({ matches: this.matches, is: stopped });
      }
    }
    this.busy = false;
  }

  /** Looks through the rows from one on; rows that go away meanwhile end it. */
  private async through(begin: number): Promise<GivenUp | undefined> {
    const { book } = this;
    let from = begin;
    do {
      const to = Math.min(book.rows.length, from + slice);
      const { settled } = book;
      // oxlint-disable-next-line no-await-in-loop
      const found = await this.find(from, to);
      if (this.over || book.removed !== this.removed) return undefined;
      if (typeof found === "string") return found;
      this.matches = this.matches.slice(0, this.matches.findLastIndex(({ row }) => row < from) + 1).concat(found);
      this.done = Math.min(to, settled);
      from = to;
      this.tell({ matches: this.matches, is: from < book.rows.length ? "searching" : "done" });
    } while (from < book.rows.length);
    return undefined;
  }

  private async find(from: number, to: number): Promise<readonly Match[] | GivenUp> {
    const { book, query } = this;
    if (this.beside !== undefined) return this.beside.find(book.rows, query, from, to);
    await new Promise((turn) => setTimeout(turn));
    return this.over ? [] : findIn(book.rows, query, from, Math.min(to, book.rows.length));
  }
}
