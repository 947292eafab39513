/** What a URL carries after its question mark: each value is text, or several texts under one name. */
export type SearchValues = Record<string, unknown>;

/** Reads ?a=1&b=x&b=y as { a: "1", b: ["x", "y"] }: plain words, as people and other programs write them. */
export function parseSearch(text: string): SearchValues {
  const out: SearchValues = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const before = out[name];
    out[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return out;
}

/** Writes what parseSearch reads; what is undefined, empty or no plain value is left out. */
export function writeSearch(values: SearchValues): string {
  const out = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (typeof item === "string" || typeof item === "number" || typeof item === "boolean")
        out.append(name, String(item));
    }
  }
  const text = out.toString();
  return text === "" ? "" : `?${text}`;
}

/** A value that is one non-empty text. */
export function oneText(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === "string" && first !== "" ? first : undefined;
}

/** A value that is several texts; one is a list of one, none is undefined. */
export function texts(value: unknown): readonly string[] | undefined {
  const list = (Array.isArray(value) ? value : [value]).filter(
    (item): item is string => typeof item === "string" && item !== "",
  );
  return list.length === 0 ? undefined : list;
}

/** Leaves out what is undefined, so that defaults stay out of the URL. */
export function present<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
