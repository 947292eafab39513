import { decodeText } from "../../lib/base64.ts";
import type { Json } from "../../lib/json.ts";

/** A value as people read it: code as code, whatever it is kept as. */
export function shownText(pointer: string, value: Json): string {
  if (typeof value !== "string") return JSON.stringify(value, null, 2);
  return pointer.endsWith("/base64") ? (decodeText(value) ?? value) : value;
}

/** Whether texts are read by their lines: what differs is then shown in them, instead of all of them again. */
export function isCode(...texts: readonly string[]): boolean {
  return texts.some((text) => text.split("\n", 4).length > 3);
}
