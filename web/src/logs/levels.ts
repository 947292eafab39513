/** How grave a line is; undefined if it does not say. */
export type Level = "error" | "warning" | "info" | "debug";

/** What levels of earlier lines say about the next one. */
export interface LevelState {
  /** Within a Python traceback, which goes on until a line that stands at its left edge. */
  traceback: boolean;
}

const error =
  /(?:^|[\s[(|:<"'])(?:ERROR|CRITICAL|FATAL|SEVERE|PANIC)(?:$|[\s\]),|:>"'])|^\s*(?:error|fatal|panic)\b\s*[:[]/;
const raised = /^(?:[A-Za-z_][\w.]*\.)?[A-Z]\w*(?:Error|Exception|Interrupt|Exit|Warning)(?::\s|$)/;
const warning = /(?:^|[\s[(|:<"'])(?:WARN|WARNING)(?:$|[\s\]),|:>"'])|\b\w+Warning: /;
const info = /(?:^|[\s[(|:<"'])(?:INFO|NOTICE)(?:$|[\s\]),|:>"'])/;
const debug = /(?:^|[\s[(|:<"'])(?:DEBUG|TRACE)(?:$|[\s\]),|:>"'])/;

/** Reads the level of a line, as far as its beginning tells, and what it means for the next. */
export function levelOf(line: string, state: LevelState): { level: Level | undefined; state: LevelState } {
  const head = line.length > 400 ? line.slice(0, 400) : line;
  if (head.startsWith("Traceback (most recent call last)")) return { level: "error", state: { traceback: true } };
  if (state.traceback) {
    // The frames stand in; the first line that does not is the exception itself.
    if (head === "" || /^\s/.test(head)) return { level: "error", state };
    return { level: "error", state: { traceback: false } };
  }
  return { level: plainLevel(head), state };
}

// What each of the others needs at least: most lines have none of it, and are looked at once.
const any = /error|fatal|panic|critical|severe|exception|interrupt|exit|warn|info|notice|debug|trace/i;

function plainLevel(head: string): Level | undefined {
  if (!any.test(head)) return undefined;
  if (error.test(head)) return "error";
  if (raised.test(head)) return /Warning(?::|$)/.test(head) ? "warning" : "error";
  if (warning.test(head)) return "warning";
  if (info.test(head)) return "info";
  if (debug.test(head)) return "debug";
  return undefined;
}
