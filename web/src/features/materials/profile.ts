/** What the values of a column look like, of the rows that are shown. */
export interface Profile {
  rows: number;
  empty: number;
  distinct: number;
  /** Of numbers. */
  least?: number | undefined;
  most?: number | undefined;
  mean?: number | undefined;
  /** The most frequent values, with how often they are there. */
  top: readonly (readonly [value: string, count: number])[];
}

const topShown = 5;

/** How a value of a table is written; null is nothing. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  return JSON.stringify(value) ?? "";
}

/** Looks at the values of a column. */
export function profileOf(values: readonly unknown[], type: string): Profile {
  const texts = values.map(cellText).filter((text) => text !== "");
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const numeric = type === "integer" || type === "number";
  const numbers = numeric ? texts.map(Number).filter((number) => !Number.isNaN(number)) : [];
  return {
    rows: values.length,
    empty: values.length - texts.length,
    distinct: counts.size,
    ...(numbers.length > 0 && {
      least: numbers.reduce((least, each) => Math.min(least, each), Infinity),
      most: numbers.reduce((most, each) => Math.max(most, each), -Infinity),
      mean: numbers.reduce((sum, each) => sum + each, 0) / numbers.length,
    }),
    top: [...counts].toSorted(([, a], [, b]) => b - a).slice(0, topShown),
  };
}
