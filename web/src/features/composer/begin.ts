import { set } from "../../forms/value.ts";
import type { JsonObject } from "../../lib/json.ts";
import type { ComposerSearch } from "./composer.route.tsx";
import { type InputPlace, placeOfInput, type Start, takeOver, withInput } from "./spec.ts";

/** What the form holds when it comes: what the run before has, with what the address asks for. */
export function beginsWith(start: Start | undefined, names: readonly string[], asked: ComposerSearch): JsonObject {
  const { mem, input } = asked;
  const spec = takeOver(start?.spec ?? {}, names);
  const sized = mem === undefined ? spec : set(spec, "/resources/mem", mem);
  return input === undefined || !names.includes("inputs") ? sized : withInput(sized, input);
}

/** Where the input that the address asks for went; undefined where it asks for none, or the kind takes none. */
export function askedInput(
  start: Start | undefined,
  names: readonly string[],
  { input }: ComposerSearch,
): InputPlace | undefined {
  if (input === undefined || !names.includes("inputs")) return undefined;
  return placeOfInput(takeOver(start?.spec ?? {}, names), input);
}
