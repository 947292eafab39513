import type { Cron, DayRule, WeekRule } from "./cron.ts";

const day = 86_400_000;
const hour = 3_600_000;

/**
 * The next ticks after a moment, in milliseconds. Where the clock jumps forward, a tick at a fixed hour inside
 * the gap comes at its end; where it goes back, it comes once. Schedules for every hour follow elapsed time.
 */
export function nextTicks(cron: Cron, after: number, count: number, zone: string): number[] {
  const clock = makeClock(cron.zone ?? zone);
  const found: number[] = [];
  // A day early, since a tick's day by the clock may not be that of the moment; rare dates recur in 30 years.
  const start = Math.floor(clock.wall(after) / day) - 1;
  for (let d = start; d < start + 30 * 366 && found.length < count; d++) {
    if (!fitsDay(cron, new Date(d * day))) continue;
    const ticks = timesOf(cron).flatMap((t) => clock.moments(d * day + t, cron.everyHour));
    for (const tick of [...new Set(ticks)].sort((a, b) => a - b)) {
      const last = found.at(-1) ?? after;
      if (tick > last && found.length < count) found.push(tick);
    }
  }
  return found;
}

const times = new WeakMap<Cron, number[]>();

/** The times of a day, in milliseconds after midnight. */
function timesOf(cron: Cron): number[] {
  let list = times.get(cron);
  if (list === undefined) {
    list = cron.hours.flatMap((h) =>
      cron.minutes.flatMap((m) => cron.seconds.map((s) => ((h * 60 + m) * 60 + s) * 1000)),
    );
    times.set(cron, list);
  }
  return list;
}

interface Clock {
  /** What the clock shows at a moment, as if it were UTC. */
  wall: (moment: number) => number;
  /** When the clock shows a time. */
  moments: (wall: number, everyHour: boolean) => number[];
}

function makeClock(zone: string): Clock {
  const name = zone === "" ? "UTC" : zone;
  const format = new Intl.DateTimeFormat("en-u-ca-iso8601", {
    ...(name === "Local" ? {} : { timeZone: name }),
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const wall = (moment: number): number => {
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(moment)) part[type] = Number(value);
    const { year = 0, month = 1, day: date = 1, hour: h = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, date, h, minute, second);
  };
  const offset = (moment: number): number => wall(Math.floor(moment / 1000) * 1000) - Math.floor(moment / 1000) * 1000;
  const moments = (at: number, everyHour: boolean): number[] => {
    const before = offset(at - day);
    const later = offset(at + day);
    if (before === later) return [at - before]; // two changes within two days are not known
    const hits = [...new Set([at - before, at - later])].filter((m) => wall(m) === at).sort((a, b) => a - b);
    if (hits.length > 0) return everyHour ? hits : hits.slice(0, 1);
    return everyHour ? [] : [change(at - Math.max(before, later) - hour, at - Math.min(before, later) + hour)];
  };
  /** The moment between two others at which the clock changes. */
  const change = (from: number, to: number): number => {
    const old = offset(from);
    let low = from;
    let high = to;
    while (high - low > 1000) {
      const middle = Math.floor((low + high) / 2000) * 1000;
      if (offset(middle) === old) low = middle;
      else high = middle;
    }
    return high;
  };
  return { wall, moments };
}

function fitsDay(cron: Cron, date: Date): boolean {
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  if (cron.years !== undefined && !cron.years.includes(year)) return false;
  if (!cron.months.includes(month + 1)) return false;
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const d = date.getUTCDate();
  const onDay = fitsDate(cron.day, year, month, d, last);
  const onWeek = fitsWeek(cron.week, d, last, date.getUTCDay());
  return cron.either ? onDay || onWeek : onDay && onWeek;
}

function fitsDate(rule: DayRule, year: number, month: number, d: number, last: number): boolean {
  if (rule.any || rule.days.includes(d)) return true;
  if (rule.fromLast.some((n) => d === last - n)) return true;
  if (rule.nearest.some((n) => n <= last && d === nearest(year, month, n, last))) return true;
  return rule.lastWorking && d === nearest(year, month, last, last);
}

/** The day from Monday to Friday that is nearest within the month. */
function nearest(year: number, month: number, n: number, last: number): number {
  const weekday = new Date(Date.UTC(year, month, n)).getUTCDay();
  if (weekday === 6) return n === 1 ? 3 : n - 1;
  if (weekday === 0) return n === last ? n - 2 : n + 1;
  return n;
}

function fitsWeek(rule: WeekRule, d: number, last: number, weekday: number): boolean {
  if (rule.any || rule.days.includes(weekday)) return true;
  if (rule.last.includes(weekday) && d > last - 7) return true;
  return rule.nth.some(({ day: on, n }) => on === weekday && Math.floor((d - 1) / 7) + 1 === n);
}
