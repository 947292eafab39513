/**
 * A schedule as the server's package cron reads it: five fields of Unix, six or seven of Quartz, @words, with
 * a time zone before them. The server remains the authority; testdata/cron.json holds both together.
 */
export interface Cron {
  zone: string | undefined;
  seconds: number[];
  minutes: number[];
  hours: number[];
  months: number[];
  day: DayRule;
  week: WeekRule;
  years: number[] | undefined;
  /** Both day fields are given: a day that fits one of them counts. */
  either: boolean;
  everyHour: boolean;
}

export interface DayRule {
  any: boolean;
  days: number[];
  /** Days before the last of the month. */
  fromLast: number[];
  /** The working days nearest to these. */
  nearest: number[];
  lastWorking: boolean;
}

export interface WeekRule {
  any: boolean;
  /** 0 is Sunday. */
  days: number[];
  last: number[];
  nth: { day: number; n: number }[];
}

/** Why an expression cannot be read, as a word the form's catalogue explains. */
export type CronError =
  | { error: "empty" | "zone" | "word" | "fields" | "every-second" | "both-days" | "never" }
  | { error: string };

const words: Record<string, string> = {
  "@hourly": "0 * * * *",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@weekly": "0 0 * * 0",
  "@monthly": "0 0 1 * *",
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
};
const monthNames = ["", "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const dayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

interface Position {
  name: string;
  min: number;
  max: number;
  names?: string[];
  /** Subtracted from numbers, so that Sunday is 0. */
  shift: number;
}

class Refused extends Error {}

/** Reads an expression; an error is one of the words of CronError, or "field: what it has". */
export function parseCron(expression: string): Cron | { error: string } {
  let text = expression.trim();
  let zone: string | undefined;
  if (text === "") return { error: "empty" };
  const prefix = /^(?:CRON_TZ|TZ)=(\S*)\s*(.*)$/.exec(text);
  if (prefix) {
    zone = prefix[1] ?? "";
    if (!isZone(zone)) return { error: "zone" };
    text = prefix[2] ?? "";
  }
  if (text.startsWith("@")) {
    const fields = words[text.toLowerCase()];
    if (fields === undefined) return { error: "word" };
    text = fields;
  }
  try {
    return parseFields(text.toUpperCase().split(/\s+/).filter(Boolean), zone);
  } catch (e) {
    if (e instanceof Refused) return { error: e.message };
    throw e;
  }
}

/** Tells whether the browser knows a time zone. */
export function isZone(zone: string): boolean {
  if (zone === "" || zone === "Local") return true;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

function parseFields(given: string[], zone: string | undefined): Cron {
  const quartz = given.length > 5;
  if (given.length < 5 || given.length > 7) throw new Refused("fields");
  if (quartz && given[0] === "*") throw new Refused("every-second");
  const [second = "", minute = "", hour = "", dayText = "", month = "", weekText = "", year = "*"] = quartz
    ? given
    : ["0", ...given];
  const seconds = members({ name: "second", min: 0, max: 59, shift: 0 }, second);
  const minutes = members({ name: "minute", min: 0, max: 59, shift: 0 }, minute);
  const hours = members({ name: "hour", min: 0, max: 23, shift: 0 }, hour);
  const months = members({ name: "month", min: 1, max: 12, names: monthNames, shift: 0 }, month);
  const day = dayRule(dayText);
  const shift = quartz ? 1 : 0;
  const week = weekRule({ name: "weekday", min: shift, max: 7, names: dayNames, shift }, weekText);
  const years = /^[*?]$/.test(year) ? undefined : members({ name: "year", min: 1970, max: 2199, shift: 0 }, year);
  const either = !/^[*?]/.test(dayText) && !/^[*?]/.test(weekText);
  if (either && quartz) throw new Refused("both-days");
  const everyHour = hour.startsWith("*") || hours.length === 24;
  const cron = { zone, seconds, minutes, hours, months, day, week, years, either, everyHour };
  if (years === undefined && !isPossible(cron)) throw new Refused("never");
  return cron;
}

/** Whether some day of a leap year fits: with only days of the month given, others never come. */
function isPossible(cron: Cron): boolean {
  if (cron.either || !cron.week.any || cron.day.any) return true;
  const longest = (month: number): number => new Date(Date.UTC(2028, month, 0)).getUTCDate();
  return cron.months.some((m) => {
    const { days, fromLast, nearest, lastWorking } = cron.day;
    return lastWorking || [...days, ...nearest].some((d) => d <= longest(m)) || fromLast.some((n) => n < longest(m));
  });
}

function members(position: Position, text: string): number[] {
  const found = text.split(",").flatMap((part) => part1(position, part));
  return [...new Set(found)].sort((a, b) => a - b);
}

function refuse(position: Position, text: string): never {
  throw new Refused(`${position.name}: ${text}`);
}

/** One member of a list: *, ?, n, a-b, *\/n, a/n, a-b/n. */
function part1(position: Position, text: string): number[] {
  const slash = text.indexOf("/");
  const span = slash < 0 ? text : text.slice(0, slash);
  const size = position.max === 7 ? 7 : position.max - position.min + 1;
  let step = 1;
  if (slash >= 0) {
    step = integer(text.slice(slash + 1));
    if (!(step >= 1 && step <= position.max - position.min + 1)) refuse(position, text);
  }
  let from = position.min;
  let to = position.max === 7 && position.min === 0 ? 6 : position.max;
  if (span !== "*" && span !== "?") {
    const dash = span.indexOf("-");
    from = number(position, dash < 0 ? span : span.slice(0, dash));
    if (dash >= 0) to = number(position, span.slice(dash + 1));
    else if (slash < 0) to = from;
  }
  if (to < from) to += size;
  const out: number[] = [];
  for (let n = from; n <= to; n += step) out.push(position.min + ((n - position.min) % size) - position.shift);
  return out;
}

function number(position: Position, text: string): number {
  const named = text === "" ? -1 : (position.names?.indexOf(text) ?? -1);
  if (named >= 0) return named + position.shift;
  const n = integer(text);
  return n >= position.min && n <= position.max ? n : refuse(position, text);
}

function integer(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : NaN;
}

function dayRule(text: string): DayRule {
  const position = { name: "day", min: 1, max: 31, shift: 0 };
  const rule: DayRule = { any: text === "*" || text === "?", days: [], fromLast: [], nearest: [], lastWorking: false };
  if (rule.any) return rule;
  for (const part of text.split(",")) {
    if (part === "L") rule.fromLast.push(0);
    else if (part === "LW" || part === "WL") rule.lastWorking = true;
    else if (part.startsWith("L-")) {
      const n = integer(part.slice(2));
      rule.fromLast.push(n >= 1 && n <= 30 ? n : refuse(position, part));
    } else if (part.endsWith("W")) rule.nearest.push(number(position, part.slice(0, -1)));
    else rule.days.push(...part1(position, part));
  }
  return rule;
}

function weekRule(position: Position, text: string): WeekRule {
  const rule: WeekRule = { any: text === "*" || text === "?", days: [], last: [], nth: [] };
  if (rule.any) return rule;
  for (const part of text.split(",")) {
    const hash = part.indexOf("#");
    if (part === "L") rule.days.push(6);
    else if (hash >= 0) {
      const day = (number(position, part.slice(0, hash)) - position.shift) % 7;
      const n = integer(part.slice(hash + 1));
      rule.nth.push(n >= 1 && n <= 5 ? { day, n } : refuse(position, part));
    } else if (part.endsWith("L")) rule.last.push((number(position, part.slice(0, -1)) - position.shift) % 7);
    else rule.days.push(...part1(position, part).map((n) => n % 7));
  }
  return rule;
}
