import type { Prefs } from "../ui/prefs/prefs.ts";

/** When the bytes of a piece were written: from an offset on, up to that of the next pair; 0 where it is not known. */
export type Marks = readonly (readonly [offset: number, time: number])[];

/**
 * When lines were written: that of their first byte. Kept as what changes from one line on, so that a line costs
 * nothing and is looked up when it is drawn.
 */
export class LineTimes {
  private readonly lines: number[] = [];
  private readonly times: number[] = [];

  /** When the first line was written that anything is known of, and the last one. */
  get span(): readonly [first: number, last: number] | undefined {
    const first = this.times.find((time) => time > 0);
    const last = this.times.findLast((time) => time > 0);
    return first === undefined || last === undefined ? undefined : [first, last];
  }

  /** Takes the marks of bytes that begin at an offset, in the line given; inside: some of that line came before. */
  take(data: Uint8Array, offset: number, marks: Marks, line: number, inside: boolean): void {
    let at = 0;
    let [now, fresh] = [line, !inside];
    if ((marks[0]?.[0] ?? Infinity) > offset) this.put(fresh ? now : now + 1, 0);
    for (const [from, time] of marks) {
      const to = Math.min(from - offset, data.length);
      if (to > at) {
        for (let end = data.indexOf(10, at); end >= 0 && end < to; end = data.indexOf(10, end + 1)) now++;
        fresh = data[to - 1] === 10;
        at = to;
      }
      this.put(fresh ? now : now + 1, time);
    }
  }

  /** When a line was written, in milliseconds; undefined where that is not known. */
  at(line: number): number | undefined {
    let low = 0;
    let high = this.lines.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.lines[middle] ?? 0) <= line) low = middle + 1;
      else high = middle;
    }
    const time = this.times[low - 1] ?? 0;
    return time > 0 ? time : undefined;
  }

  private put(line: number, time: number): void {
    if (time === (this.times.at(-1) ?? 0)) return;
    if (this.lines.at(-1) === line) this.times.pop();
    else this.lines.push(line);
    this.times.push(time);
  }
}

/** How the time of a line is written, and in how many characters. */
export interface Clock {
  write: (time: number) => string;
  width: number;
}

/**
 * Whether the times from the first to the last line take more room than usual: they are of several days, or an hour
 * and more from the start.
 */
export function isWide(
  choice: Prefs["logTimes"],
  zone: Prefs["zone"],
  [first, last]: readonly [number, number],
  start: number,
): boolean {
  if (choice === "relative") return Math.max(Math.abs(first - start), Math.abs(last - start)) >= 3_600_000;
  const [day, other] = [first, last].map((time) => partsOf(time, zone).slice(0, 3).join());
  return day !== other;
}

/** Makes the clock that was chosen; undefined for none. start: what relative times count from. */
export function makeClock(
  choice: Prefs["logTimes"],
  zone: Prefs["zone"],
  wide: boolean,
  start: number,
): Clock | undefined {
  if (choice === "off") return undefined;
  if (choice === "relative") return { write: (time) => passed(time - start), width: wide ? 11 : 8 };
  return {
    write: (time) => {
      const [, month = 0, date = 0, hour = 0, minute = 0, second = 0, thousandth = 0] = partsOf(time, zone);
      const clock = `${two(hour)}:${two(minute)}:${two(second)}.${Math.floor(thousandth / 100)}`;
      return wide ? `${two(month)}-${two(date)} ${clock}` : clock;
    },
    width: wide ? 16 : 10,
  };
}

const two = (value: number): string => String(value).padStart(2, "0");

/** Year, month, day, hour, minute, second and thousandth. */
function partsOf(time: number, zone: Prefs["zone"]): number[] {
  const t = new Date(time);
  return zone === "utc"
    ? [
        t.getUTCFullYear(),
        t.getUTCMonth() + 1,
        t.getUTCDate(),
        t.getUTCHours(),
        t.getUTCMinutes(),
        t.getUTCSeconds(),
        t.getUTCMilliseconds(),
      ]
    : [
        t.getFullYear(),
        t.getMonth() + 1,
        t.getDate(),
        t.getHours(),
        t.getMinutes(),
        t.getSeconds(),
        t.getMilliseconds(),
      ];
}

/** 0:03.2, 12:03.2, 1:12:03.2: of what was written before the start, with a minus sign. */
function passed(milliseconds: number): string {
  const tenths = Math.floor(Math.abs(milliseconds) / 100);
  const seconds = Math.floor(tenths / 10);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const rest = `${two(seconds % 60)}.${tenths % 10}`;
  const sign = milliseconds < 0 && tenths > 0 ? "\u2212" : "";
  return sign + (hours > 0 ? `${hours}:${two(minutes % 60)}:${rest}` : `${minutes}:${rest}`);
}
