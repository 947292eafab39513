/** What a pattern asks for, where words can say it. */
export type PatternWords =
  | { says: "characters"; classes: CharacterClass[]; signs: string[]; first?: CharacterClass[] }
  | { says: "begins"; text: string }
  | { says: "form"; pattern: string };

export type CharacterClass = "letters" | "lower" | "upper" | "digits";

/**
 * Reads the patterns that schemas use most: a row of allowed characters, perhaps with another first one, or
 * a beginning. Other patterns are shown as they are.
 */
export function patternWords(pattern: string): PatternWords {
  const begins = /^\^([a-z][a-z0-9+.-]*:\/\/)(?:\(|\.|\[|$)/.exec(pattern);
  if (begins?.[1] !== undefined && !pattern.includes("|")) return { says: "begins", text: begins[1] };
  const row = /^\^(?:\[((?:\\.|[^\]\\^])(?:\\.|[^\]\\])*)\])?\[((?:\\.|[^\]\\^])(?:\\.|[^\]\\])*)\][*+]\$$/.exec(
    pattern,
  );
  const allowed = row?.[2] === undefined ? undefined : characters(row[2]);
  if (allowed === undefined) return { says: "form", pattern };
  const first = row?.[1] === undefined ? undefined : characters(row[1]);
  return { says: "characters", ...allowed, ...(first === undefined ? {} : { first: first.classes }) };
}

function characters(inside: string): { classes: CharacterClass[]; signs: string[] } | undefined {
  const found = new Set<string>();
  const signs: string[] = [];
  const rest = inside
    .replaceAll("\\w", "a-zA-Z0-9_")
    .replaceAll("\\d", "0-9")
    .replace(/([a-zA-Z0-9])-([a-zA-Z0-9])/g, (_, from: string, to: string) => {
      found.add(`${from}-${to}`);
      return "";
    });
  for (const sign of rest.replaceAll(/\\(.)/g, "$1")) {
    if (/[a-zA-Z0-9]/.test(sign)) return undefined; // a single letter is no class of characters
    signs.push(sign);
  }
  const known = new Set(["a-z", "A-Z", "0-9"]);
  if ([...found].some((range) => !known.has(range))) return undefined;
  const classes: CharacterClass[] = [];
  if (found.has("a-z") && found.has("A-Z")) classes.push("letters");
  else if (found.has("a-z")) classes.push("lower");
  else if (found.has("A-Z")) classes.push("upper");
  if (found.has("0-9")) classes.push("digits");
  return classes.length === 0 ? undefined : { classes, signs };
}

/** Tells whether a text has the form of a pattern; one that cannot be compiled refuses nothing. */
export function hasForm(text: string, pattern: string): boolean {
  try {
    return new RegExp(pattern, "u").test(text);
  } catch {
    return true;
  }
}
