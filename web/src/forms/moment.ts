import type { Zone } from "../i18n/format.ts";

const minute = 60_000;

/** A moment as the browser's box for date and time has it; "" of nothing, undefined of what is no moment. */
export function boxOf(moment: string, zone: Zone): string | undefined {
  if (moment === "") return "";
  const at = new Date(moment);
  if (Number.isNaN(at.getTime())) return undefined;
  const shifted = zone === "utc" ? at : new Date(at.getTime() - at.getTimezoneOffset() * minute);
  return shifted.toISOString().slice(0, shifted.getUTCSeconds() === 0 ? 16 : 19);
}

/** What such a box holds as a moment in UTC; undefined while it holds none. */
export function momentOf(box: string, zone: Zone): string | undefined {
  const at = new Date(zone === "utc" ? `${box}Z` : box);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString().replace(".000Z", "Z");
}
