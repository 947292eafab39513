import { endStyle, plain, type Style, visible } from "./ansi.ts";
import { type Level, levelOf, type LevelState } from "./levels.ts";
import { LineTimes, type Marks } from "./times.ts";

/** A row of the view: a line or a piece of a long one, or a note between lines. */
export type Row = TextRow | NoteRow;

export interface TextRow {
  kind: "text";
  /** The number of its line, from 1; pieces of one line share it. */
  line: number;
  /** Whether the row goes on with the line of the row before. */
  continued: boolean;
  text: string;
  level: Level | undefined;
  /** The style in which it begins. */
  begin: Style;
  /** How many times the line was written over (by carriage returns) before this text. */
  rewritten: number;
}

export interface NoteRow {
  kind: "note";
  note: Note;
}

/** What stands between lines. */
export type Note =
  | { says: "attempt"; attempt: number }
  | { says: "lost"; bytes: number }
  | { says: "dropped"; lines: number };

/** A piece of a log as the stream brings it. */
export interface Chunk {
  offset: number;
  attempt: number;
  data: Uint8Array;
  /** Bytes known to be gone before this piece. */
  lost: number;
  /** When they were written. */
  times: Marks;
}

/** Longer lines go on in further rows, so that a line of ten megabytes is shown, searched and scrolled as any. */
export const rowLength = 2000;

/**
 * A log as rows. Bytes come in pieces that may end within a character or a line; pieces that were seen already
 * (after a reconnect) are left out, missing ones are noted.
 */
export class Book {
  rows: Row[] = [];
  lines = 0;
  firstError: number | undefined;
  /** Counts what changed, so that views know. */
  version = 0;
  /** How many rows were taken away at the beginning: indices of before no longer hold. */
  removed = 0;
  /** Rows before this index will not change any more. */
  settled = 0;
  /** When lines were written. */
  readonly times = new LineTimes();
  private decoder = new TextDecoder();
  private open = "";
  private attempt = 0;
  private offset = 0;
  private style: Style = plain;
  private levels: LevelState = { traceback: false };
  private dropped = 0;
  private readonly most: number;

  constructor(most = 500_000) {
    this.most = most;
  }

  /** Where to go on after a break, as the stream's since asks for it. */
  get position(): { attempt: number; offset: number } {
    return { attempt: this.attempt, offset: this.offset };
  }

  append(chunk: Chunk): void {
    if (chunk.attempt < this.attempt) return;
    if (chunk.attempt > this.attempt) this.begin(chunk);
    let { data } = chunk;
    const missing = chunk.offset - this.offset;
    if (missing < 0) data = data.subarray(Math.min(-missing, data.length));
    if (missing > 0 || chunk.lost > 0) this.note({ says: "lost", bytes: Math.max(missing, chunk.lost) });
    this.offset = Math.max(this.offset, chunk.offset + chunk.data.length);
    if (data.length > 0) {
      const from = this.offset - data.length;
      this.times.take(data, from, chunk.times, this.lines + 1, this.open !== "" || this.spilled);
      this.write(this.decoder.decode(data, { stream: true }));
    }
    this.trim();
    this.version++;
  }

  /** Says that no more comes: what was held back of a broken character is shown. */
  end(): void {
    const rest = this.decoder.decode();
    if (rest !== "") this.write(rest);
    this.version++;
  }

  private begin(chunk: Chunk): void {
    const later = this.attempt > 0;
    if (later) this.closeLine();
    this.attempt = chunk.attempt;
    // What a stream that begins in the middle leaves out was not asked for.
    this.offset = chunk.attempt > 1 && !later ? chunk.offset : 0;
    this.decoder = new TextDecoder();
    this.style = plain;
    this.levels = { traceback: false };
    if (chunk.attempt > 1) this.note({ says: "attempt", attempt: chunk.attempt });
  }

  private note(note: Note): void {
    const rest = this.decoder.decode();
    if (rest !== "") this.write(rest);
    this.closeLine();
    this.rows.push({ kind: "note", note });
    this.settled = this.rows.length;
  }

  private closeLine(): void {
    this.rows.length = this.settled;
    if (this.open !== "" || this.spilled) this.finish(this.open, true);
    this.open = "";
  }

  private write(text: string): void {
    // The rows of a line that is still open are made anew with what comes to it.
    this.rows.length = this.settled;
    let from = 0;
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", from)) {
      this.finish(this.open + text.slice(from, at), true);
      this.open = "";
      from = at + 1;
    }
    this.open += text.slice(from);
    if (this.open.length >= rowLength * 2 && !this.open.includes("\r")) this.spill();
    if (this.open !== "") this.finish(this.open, false);
  }

  /** Settles the full rows of a line that is still open: a long one is not made anew with each piece. */
  private spill(): void {
    const whole = Math.floor(this.open.length / rowLength) - 1;
    const first = !this.spilled;
    for (const [i, text] of cut(this.open, whole).entries()) {
      this.push({
        kind: "text",
        line: this.lines + 1,
        continued: !first || i > 0,
        text,
        level: undefined,
        begin: this.style,
        rewritten: 0,
      });
      this.style = endStyle(text, this.style);
      this.open = this.open.slice(text.length);
    }
    this.spilled = true;
    this.settled = this.rows.length;
  }
  private spilled = false;

  /** Makes the rows of a line; they stay when it is complete. */
  private finish(raw: string, complete: boolean): void {
    const line = complete && raw.endsWith("\r") ? raw.slice(0, -1) : raw;
    const at = line.lastIndexOf("\r", line.length - 2);
    const text = line.slice(at + 1);
    const rewritten = at < 0 ? 0 : line.split("\r").length - (line.endsWith("\r") ? 2 : 1);
    const { level, state } = levelOf(text.includes("\x1b") ? visible(text.slice(0, 800)) : text, this.levels);
    const begin = this.style;
    let style = at < 0 ? begin : endStyle(line.slice(0, at + 1), begin);
    for (const [i, piece] of (text === "" ? [""] : cut(text, Infinity)).entries()) {
      const continued = this.spilled || i > 0;
      this.push({
        kind: "text",
        line: this.lines + 1,
        continued,
        text: piece,
        level,
        begin: style,
        rewritten: i === 0 ? rewritten : 0,
      });
      style = endStyle(piece, style);
    }
    if (!complete) return;
    this.style = style;
    this.levels = state;
    this.lines++;
    this.spilled = false;
    if (level === "error") this.firstError ??= this.lines;
    this.settled = this.rows.length;
  }

  private push(row: TextRow): void {
    this.rows.push(row);
  }

  /** Keeps the newest rows, with a note of what is only in the download. */
  private trim(): void {
    if (this.rows.length <= this.most + this.most / 10) return;
    const gone = this.rows.splice(0, this.rows.length - this.most);
    this.dropped = gone.findLast((r) => r.kind === "text")?.line ?? this.dropped;
    this.removed += gone.length;
    this.rows.unshift({ kind: "note", note: { says: "dropped", lines: this.dropped } });
    this.settled = Math.max(0, this.settled - gone.length + 1);
  }
}

/** Cuts a text into rows, never within a pair of surrogates or an escape sequence. */
function cut(text: string, most: number): string[] {
  const out: string[] = [];
  let from = 0;
  while (from < text.length && out.length < most) {
    let to = Math.min(text.length, from + rowLength);
    if (to < text.length) {
      const escape = text.lastIndexOf("\x1b", to - 1);
      if (escape > from && to - escape < 40 && !/[@-~]/.test(text.slice(escape + 2, to))) to = escape;
      const code = text.charCodeAt(to - 1);
      if (code >= 0xd800 && code < 0xdc00) to--;
    }
    out.push(text.slice(from, to));
    from = to;
  }
  return out;
}
