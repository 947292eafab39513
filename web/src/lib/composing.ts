/**
 * Whether a key only composes a character: who writes by an input method presses Enter to take its suggestion, not to
 * send. Some browsers tell the key that ends it by the number 229 alone.
 */
export function composes({ isComposing, keyCode }: { isComposing: boolean; keyCode: number }): boolean {
  return isComposing || keyCode === 229;
}
