/** In which time zone moments are written: that of the browser, or UTC. */
export type Zone = "local" | "utc";

export interface Format {
  /** 22 Nov 2026, 11:04 */
  dateTime: (iso: string) => string;
  /** 22 Nov 2026, 11:04:09 GMT+1: for a tooltip or a record. */
  dateTimeFull: (iso: string) => string;
  /** 11:04:09 */
  time: (iso: string) => string;
  /** 22 Nov 2026, 11:04:09 – 11:05:12: what is the same of both is said once. */
  range: (from: string, to: string) => string;
  /** 3 minutes ago */
  relative: (iso: string, now: number) => string;
  /** 3 m: for a narrow place. */
  relativeShort: (iso: string, now: number) => string;
  number: (value: number) => string;
  percent: (share: number) => string;
  /** 1.2 MiB */
  bytes: (size: number) => string;
  /** 2m 41s, from milliseconds */
  duration: (milliseconds: number) => string;
  list: (items: readonly string[]) => string;
  /** Whether two moments are of one day, where the person's days begin. */
  sameDay: (a: string, b: string) => boolean;
}

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];

/** Makes the formats of a language; Intl objects are costly, so they are made once. */
export function makeFormat(locale: string, zone: Zone): Format {
  const timeZone = zone === "utc" ? { timeZone: "UTC" } : {};
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", ...timeZone });
  const full = new Intl.DateTimeFormat(locale, {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
    ...timeZone,
  });
  const day = new Intl.DateTimeFormat("en", { dateStyle: "short", ...timeZone });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: "medium", ...timeZone });
  const exact = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium", ...timeZone });
  const long = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const narrow = new Intl.RelativeTimeFormat(locale, { numeric: "always", style: "narrow" });
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 4 });
  const percents = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const list = new Intl.ListFormat(locale, { type: "conjunction" });
  const when = (iso: string, write: (date: Date) => string): string => {
    const date = new Date(iso);
    return Number.isNaN(date.getTime()) ? iso : write(date);
  };
  const ago = (format: Intl.RelativeTimeFormat, iso: string, now: number) =>
    when(iso, (date) => {
      const seconds = Math.round((date.getTime() - now) / 1000);
      const [unit, size] = units.find(([, size]) => Math.abs(seconds) >= size) ?? ["second" as const, 1];
      return format.format(Math.trunc(seconds / size), unit);
    });
  return {
    dateTime: (iso) => when(iso, (d) => dateTime.format(d)),
    dateTimeFull: (iso) => when(iso, (d) => full.format(d)),
    time: (iso) => when(iso, (d) => time.format(d)),
    range: (from, to) => when(from, (start) => when(to, (end) => exact.formatRange(start, end))),
    relative: (iso, now) => ago(long, iso, now),
    relativeShort: (iso, now) => ago(narrow, iso, now),
    number: (value) => numbers.format(value),
    percent: (share) => percents.format(share),
    bytes: (size) => bytes(size, locale),
    duration,
    list: (items) => list.format(items),
    sameDay: (a, b) => when(a, (d) => day.format(d)) === when(b, (d) => day.format(d)),
  };
}

function bytes(size: number, locale: string): string {
  const names = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
  let rank = 0;
  while (Math.abs(size) >= 1024 && rank < names.length - 1) {
    size /= 1024;
    rank++;
  }
  const digits = rank === 0 || size >= 100 ? 0 : 1;
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(size)} ${names[rank] ?? ""}`;
}

/** Two units at most, the same in every language: 340ms, 4.2s, 2m 41s, 5h 03m, 2d 4h. */
function duration(milliseconds: number): string {
  const ms = Math.max(0, milliseconds);
  if (ms < 1000) return `${Math.round(ms)}ms`;
  if (ms < 10_000) return `${(Math.floor(ms / 100) / 10).toFixed(1)}s`;
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}m ${String(seconds % 60).padStart(2, "0")}s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours}h ${String(minutes % 60).padStart(2, "0")}m`;
  return `${Math.floor(hours / 24)}d ${hours % 24}h`;
}
