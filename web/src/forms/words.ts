import type { Format } from "../i18n/format.ts";
import type { Messages } from "../i18n/language.ts";
import { type Json, member } from "../lib/json.ts";
import type { Field } from "./field.ts";
import type { Hint } from "./hints.ts";
import { type CharacterClass, patternWords } from "./pattern-words.ts";
import { asText } from "./pairs.ts";
import type { Problem } from "./validate.ts";
import { parts } from "./value.ts";

type Words = Messages["forms"];

function own(table: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** What a field is called: as the server says, else as the catalogue, else its name made readable. */
export function titleOf(field: Field, hint: Hint, words: Words): string {
  return hint.title ?? field.title ?? own(words.fields, field.name) ?? humanise(field.name);
}

/** What a group is called: as the schema says, else as the catalogue, else its name made readable. */
export function groupTitle(name: string, root: Field, words: Words): string {
  const said = root.ui["groups"];
  const found = Array.isArray(said) ? said.find((group) => member(group, "id") === name) : undefined;
  const title = member(found, "title");
  return typeof title === "string" ? title : (own(words.groups, name) ?? humanise(name));
}

/** What a field is for; undefined if nobody says. */
export function helpOf(field: Field, hint: Hint, pointer: string, words: Words): string | undefined {
  const names = parts(pointer).filter((p) => !/^\d+$/.test(p));
  return (
    hint.help ??
    field.description ??
    own(words.help, names.slice(-2).join(".")) ??
    own(words.help, names.length === 1 ? field.name : "")
  );
}

/** snake_case and camelCase as words. */
export function humanise(name: string): string {
  const text = name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/[_-]+/g, " ")
    .trim();
  return text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
}

/** A value in a few characters. */
export function brief(value: Json | undefined): string {
  const text = asText(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** Says what is wrong, and what to do. */
export function problemText(problem: Problem, words: Words, format: Format): string {
  const { rules } = words;
  switch (problem.rule) {
    case "required":
      return rules.required;
    case "type":
      return rules[problem.want];
    case "precision":
      return rules.precision;
    case "enum":
      return rules.enum(format.list(problem.options.slice(0, 12).map(asText)));
    case "pattern":
      return patternText(problem.pattern, words, format);
    case "format":
      return formatText(problem.format, rules.formats);
    case "min":
    case "max":
    case "above":
    case "under":
    case "step":
      return rules[problem.rule](format.number(problem.limit));
    case "min-length":
      return rules.minLength(problem.limit);
    case "max-length":
      return rules.maxLength(problem.limit);
    case "min-items":
      return rules.minItems(problem.limit);
    case "max-items":
      return rules.maxItems(problem.limit);
    case "unique":
      return rules.unique(problem.value);
    case "quantity":
      return problem.unit === "bytes" || problem.unit === "cpu" || problem.unit === "count"
        ? rules[problem.unit]
        : rules.quantity;
    case "cron":
      return cronError(problem.error, words);
    case "unknown":
      return rules.unknown;
    case "server":
      return problem.message;
  }
}

/** Why a schedule cannot be read. */
export function cronError(error: string, words: Words): string {
  const { errors, positions, field } = words.cron;
  const known = own(errors, error);
  if (known !== undefined) return known;
  const [position = "", has = ""] = error.split(": ");
  return field(own(positions, position) ?? position, has);
}

function patternText(pattern: string, words: Words, format: Format): string {
  const said = patternWords(pattern);
  const { rules } = words;
  if (said.says === "begins") return rules.begins(said.text);
  if (said.says === "form") return rules.form(pattern);
  const name = (c: CharacterClass): string => rules[c];
  const signs = said.signs.map((s) => (s === " " ? rules.space : s));
  const all = format.list([...said.classes.map(name), ...signs]);
  return said.first === undefined ? rules.useCharacters(all) : rules.beginWith(format.list(said.first.map(name)), all);
}

function formatText(format: string, { other, ...known }: Words["rules"]["formats"]): string {
  return own(known, format) ?? other(format);
}
