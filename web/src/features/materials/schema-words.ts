import type { Format } from "../../i18n/format.ts";
import type { Messages } from "../../i18n/language.ts";
import { countChanges, type FieldChange } from "./schema.ts";

type Words = Messages["materials"]["schema"];

/** What became of the columns, in words: +1 column, 1 type changed. */
export function difference(changes: readonly FieldChange[], words: Words): string {
  const { added, removed, retyped } = countChanges(changes);
  const said = [
    ...(added > 0 ? [words.added(added)] : []),
    ...(removed > 0 ? [words.removed(removed)] : []),
    ...(retyped > 0 ? [words.changed(retyped)] : []),
  ];
  return said.length === 0 ? words.same : said.join(", ");
}

/** By how many rows a table grew or shrank, in words; undefined where that is unknown or nothing. */
export function rowsBy(
  now: number | undefined,
  before: number | undefined,
  number: Format["number"],
  words: Words,
): string | undefined {
  if (now === undefined || before === undefined || now === before) return undefined;
  return words.rows(`${now > before ? "+" : "−"}${number(Math.abs(now - before))}`);
}
