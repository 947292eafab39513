/** Writes bytes as base64. */
export function encodeBytes(bytes: Uint8Array): string {
  let text = "";
  // In steps: the arguments of a call are limited.
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}

/** Reads base64, in the alphabet of addresses too; undefined if it is none. */
export function decodeBytes(base64: string): Uint8Array | undefined {
  try {
    const text = atob(base64.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = new Uint8Array(text.length);
    // Not Uint8Array.from: a call for each character makes a long log wait for seconds.
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    return bytes;
  } catch {
    return undefined;
  }
}

/** Writes a text as the base64 of its UTF-8. */
export function encodeText(text: string): string {
  return encodeBytes(new TextEncoder().encode(text));
}

/** Reads a text whose UTF-8 is base64; undefined if the bytes are no text, which must not be edited as one. */
export function decodeText(base64: string): string | undefined {
  const bytes = decodeBytes(base64);
  if (bytes === undefined) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
