import type { CompareRow } from "../../entity/compare/rows.ts";
import type { Format } from "../../i18n/format.ts";
import type { Messages } from "../../i18n/language.ts";
import type { FactSection } from "./compare.ts";

/** By how much a fact is more or less, in its unit; a parameter has none. */
export function factAmount(
  m: Messages,
  f: Format,
  { section, field }: CompareRow<FactSection>,
  size: number,
): string | undefined {
  if (section === "parameters") return undefined;
  return section === "overview" && field === m.materials.size ? f.bytes(size) : f.number(size);
}
