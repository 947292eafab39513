import type { Row } from "./book.ts";

export const rowHeight = 20;

/**
 * Where rows stand. Without wrapping it is arithmetic; with wrapping the height of a row is estimated by its
 * characters, which only moves the scroll bar: what is on screen flows by itself.
 */
export class Heights {
  private tops: number[] = [0];
  private readonly columns: number;

  /** columns: how many characters fit in a line; Infinity if lines do not wrap. */
  constructor(columns: number) {
    this.columns = Math.max(1, columns);
  }

  get total(): number {
    return this.tops.at(-1) ?? 0;
  }

  get count(): number {
    return this.tops.length - 1;
  }

  /** Takes rows in, from the first one that may have changed. */
  grow(count: number, rowAt: (i: number) => Row | undefined, from: number): void {
    this.tops.length = Math.min(this.tops.length, from + 1);
    for (let i = this.count; i < count; i++) this.tops.push(this.total + this.lines(rowAt(i)) * rowHeight);
    this.tops.length = count + 1;
  }

  top(i: number): number {
    return this.tops[Math.max(0, Math.min(i, this.count))] ?? 0;
  }

  /** The row at a height. */
  at(y: number): number {
    let low = 0;
    let high = Math.max(0, this.count - 1);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.tops[middle] ?? 0) <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private lines(row: Row | undefined): number {
    if (row?.kind !== "text" || this.columns === Infinity) return 1;
    return Math.max(1, Math.ceil(row.text.length / this.columns));
  }
}
