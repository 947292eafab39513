/** The end of a log: its last lines, and the line where the cause stands when its number is known. */
export interface LogTail {
  lines: readonly string[];
  cause: number | undefined;
}

/** The number of the line of a whole log where its cause stands: its last traceback, else its last words. */
export function causeLine(lines: readonly string[]): number | undefined {
  const traceback = lines.findLastIndex((line) => line.startsWith("Traceback (most recent call last):"));
  const at = traceback >= 0 ? traceback : lines.findLastIndex((line) => line.trim() !== "");
  return at < 0 ? undefined : at + 1;
}
