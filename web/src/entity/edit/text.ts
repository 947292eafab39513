import { decodeText } from "../../lib/base64.ts";
import type { Json } from "../../lib/json.ts";

/** A value as people read it: code as code, whatever it is kept as. */
export function shownText(pointer: string, value: Json): string {
  if (typeof value !== "string") return JSON.stringify(value, null, 2);
  return pointer.endsWith("/base64") ? (decodeText(value) ?? value) : value;
}
