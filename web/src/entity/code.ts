import { member } from "../lib/json.ts";

/** Where the code stands within a document, as the fragment that opens its form there; undefined where it holds none. */
export function codeFragment(spec: unknown): string | undefined {
  const source = member(spec, "source");
  const held = (["base64", "code"] as const).find((name) => typeof member(source, name) === "string");
  return held && `/spec/source/${held}`;
}
