import { decodeText } from "./base64.ts";
import { member } from "./json.ts";

/** Code that a specification holds, as text and under its language. */
export interface InlineCode {
  text: string;
  language: string;
}

/** The code within a function's source; undefined where it lies elsewhere, or its bytes are no text. */
export function codeOf(spec: unknown): InlineCode | undefined {
  const source = member(spec, "source");
  const base64 = member(source, "base64");
  const plain = member(source, "code");
  const text = typeof base64 === "string" ? decodeText(base64) : typeof plain === "string" ? plain : undefined;
  const lang = member(source, "lang");
  return text === undefined ? undefined : { text, language: typeof lang === "string" ? lang : "python" };
}
