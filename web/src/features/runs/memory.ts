import { amountOf, splitQuantity } from "../../forms/quantity.ts";

const units = ["Ki", "Mi", "Gi", "Ti"] as const;

/** What to give a run that ran out of memory: twice its limit, else twice its peak; undefined if neither is known. */
export function moreMemory(limit: string | undefined, peak: number | undefined): string | undefined {
  const quantity = limit === undefined ? undefined : splitQuantity(limit);
  if (quantity !== undefined && quantity.unit !== "" && amountOf(limit ?? "") !== undefined) {
    const twice = Number(quantity.amount) * 2;
    const next = units[units.findIndex((unit) => unit === quantity.unit) + 1];
    const whole = units.some((unit) => unit === quantity.unit) && next !== undefined && twice % 1024 === 0;
    return whole ? `${twice / 1024}${next}` : `${twice}${quantity.unit}`;
  }
  const bytes = quantity === undefined ? peak : Number(quantity.amount);
  if (bytes === undefined || bytes <= 0) return undefined;
  return `${Math.ceil((bytes * 2) / 2 ** 20)}Mi`;
}
