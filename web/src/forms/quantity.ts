/** A number with a unit, as resources are asked for. */
export interface Quantity {
  amount: string;
  unit: string;
}

const factors: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** The units offered for what is counted. */
export function unitsOf(kind: string | undefined): string[] {
  if (kind === "bytes") return ["Ki", "Mi", "Gi", "Ti", "k", "M", "G", "T", ""];
  if (kind === "cpu") return ["", "m"];
  return [""];
}

/** Splits what was typed or sent; undefined if it is no number with a unit. */
export function splitQuantity(text: string): Quantity | undefined {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([a-zA-Z]*)\s*$/.exec(text);
  return match ? { amount: match[1] ?? "", unit: match[2] ?? "" } : undefined;
}

/** How much it is in the base unit; undefined if it cannot be read. */
export function amountOf(text: string): number | undefined {
  const q = splitQuantity(text);
  const factor = q && Object.hasOwn(factors, q.unit) ? factors[q.unit] : undefined;
  return q === undefined || factor === undefined ? undefined : Number(q.amount) * factor;
}

/** Whether a quantity can be read and, for its kind, is one: half a GPU is none. */
export function isQuantity(text: string, kind: string | undefined): boolean {
  const amount = amountOf(text);
  if (amount === undefined) return false;
  const unit = splitQuantity(text)?.unit ?? "";
  if (kind === "count") return Number.isInteger(amount) && unit === "";
  return kind !== "cpu" || unit === "" || unit === "m";
}
