/** The forms of a word that a language tells apart; other is always there. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** Makes a chooser between plural forms; # in a form stands for the number as the language writes it, and more. */
export function plurals(locale: string): (count: number, forms: Forms, more?: boolean) => string {
  const rules = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  return (count, forms, more) =>
    (forms[rules.select(count)] ?? forms.other).replaceAll("#", numbers.format(count) + (more ? "+" : ""));
}
