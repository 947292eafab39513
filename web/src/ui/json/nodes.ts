/** A line of a JSON tree. */
export interface JsonNode {
  /** As a JSON pointer; "" is the root. */
  pointer: string;
  name: string;
  value: unknown;
  level: number;
  branch: boolean;
}

/** The fields or items of a value. */
export function children(value: unknown): readonly (readonly [string, unknown])[] {
  if (Array.isArray(value)) return value.map((item, index) => [String(index), item] as const);
  if (typeof value === "object" && value !== null) return Object.entries(value);
  return [];
}

/** The lines that show when the given branches are open. */
export function visible(root: unknown, open: ReadonlySet<string>): JsonNode[] {
  const out: JsonNode[] = [];
  const walk = (name: string, value: unknown, pointer: string, level: number) => {
    const inside = children(value);
    out.push({ pointer, name, value, level, branch: inside.length > 0 });
    if (inside.length === 0 || !open.has(pointer)) return;
    for (const [key, item] of inside) walk(key, item, `${pointer}/${escape(key)}`, level + 1);
  };
  walk("", root, "", 1);
  return out;
}

/** The pointers of all lines whose name or value holds the text, and of all branches above them. */
export function find(root: unknown, text: string): { hits: Set<string>; open: Set<string> } {
  const needle = text.toLowerCase();
  const hits = new Set<string>();
  const open = new Set<string>();
  const walk = (name: string, value: unknown, pointer: string, above: readonly string[]) => {
    const inside = children(value);
    const own = inside.length === 0 ? String(value) : "";
    if (name.toLowerCase().includes(needle) || own.toLowerCase().includes(needle)) {
      hits.add(pointer);
      for (const branch of above) open.add(branch);
    }
    for (const [key, item] of inside) walk(key, item, `${pointer}/${escape(key)}`, [...above, pointer]);
  };
  walk("", root, "", []);
  return { hits, open };
}

/** The pointers of all branches, down to a level. */
export function branches(root: unknown, levels: number): Set<string> {
  const out = new Set<string>();
  const walk = (value: unknown, pointer: string, level: number) => {
    const inside = children(value);
    if (inside.length === 0 || level > levels) return;
    out.add(pointer);
    for (const [key, item] of inside) walk(item, `${pointer}/${escape(key)}`, level + 1);
  };
  walk(root, "", 1);
  return out;
}

function escape(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}
