import type { Format } from "../i18n/format.ts";
import type { Messages } from "../i18n/language.ts";
import type { Cron } from "./cron.ts";

type Words = Messages["forms"]["cron"];

/** The schedules that are chosen rather than written. */
export const presets = ["@hourly", "@daily", "@weekly", "@monthly", "@yearly"] as const;

/** Says a schedule in words. */
export function cronWords(cron: Cron, words: Words, format: Format, locale: string): string {
  const time = timeWords(cron, words, format);
  const days = dayWords(cron, words, format, locale);
  const months =
    cron.months.length === 12 ? "" : words.inMonths(format.list(cron.months.map((m) => monthName(m, locale))));
  const years = cron.years === undefined ? "" : words.inYears(format.list(cron.years.slice(0, 6).map(String)));
  const zone = cron.zone === undefined || cron.zone === "" ? "" : words.inZone(cron.zone);
  return [time, days, months, years, zone].filter((part) => part !== "").join(" ");
}

function timeWords(cron: Cron, words: Words, format: Format): string {
  const { hours, minutes, seconds } = cron;
  const pad = (n: number): string => String(n).padStart(2, "0");
  const [second = 0] = seconds;
  const secondStep = stepOf(seconds, 60);
  if (secondStep !== undefined && seconds.length > 1 && minutes.length === 60 && hours.length === 24) {
    return words.everySeconds(secondStep);
  }
  if (seconds.length === 1 && hours.length === 24) {
    const step = stepOf(minutes, 60);
    if (step !== undefined && minutes.length > 1) return words.everyMinutes(step);
    if (minutes.length === 1) return words.everyHours(1, pad(minutes[0] ?? 0));
  }
  const hourStep = stepOf(hours, 24);
  if (hourStep !== undefined && hours.length > 4 && minutes.length === 1 && seconds.length === 1) {
    return words.everyHours(hourStep, pad(minutes[0] ?? 0));
  }
  const times = hours.flatMap((h) => minutes.map((m) => `${pad(h)}:${pad(m)}${second === 0 ? "" : `:${pad(second)}`}`));
  const shown = times.length > 6 || seconds.length > 1 ? [...times.slice(0, 5), "…"] : times;
  return words.at(format.list(shown));
}

/** The step between evenly spaced members that go all the way round. */
function stepOf(members: readonly number[], size: number): number | undefined {
  const step = size / members.length;
  return Number.isInteger(step) && members.every((m, i) => m === i * step) ? step : undefined;
}

function dayWords(cron: Cron, words: Words, format: Format, locale: string): string {
  const { day, week } = cron;
  if (day.any && week.any) return words.everyDay;
  const simpleDay = day.nearest.length === 0 && !day.lastWorking && day.fromLast.every((n) => n === 0);
  const simpleWeek = week.last.length === 0 && week.nth.length === 0;
  if (!simpleDay || !simpleWeek || cron.either) return words.complex;
  const parts: string[] = [];
  if (!day.any) {
    const last = day.fromLast.length > 0 ? [words.lastDay] : [];
    parts.push(words.onDates(format.list([...day.days.map(String), ...last])));
  }
  if (!week.any) parts.push(words.onDays(format.list([...new Set(week.days)].map((d) => dayName(d, locale)))));
  return parts.join(" ");
}

function dayName(day: number, locale: string): string {
  // 4 January 1970 was a Sunday.
  return new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" }).format((3 + day) * 86_400_000);
}

function monthName(month: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { month: "long", timeZone: "UTC" }).format(Date.UTC(1970, month - 1, 15));
}
