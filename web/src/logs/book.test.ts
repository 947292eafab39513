import { describe, expect, test } from "vitest";
import { Book, type Chunk, rowLength } from "./book.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const chunk = (offset: number, text: string | Uint8Array, more: Partial<Chunk> = {}): Chunk => ({
  offset,
  attempt: 1,
  data: typeof text === "string" ? bytes(text) : text,
  lost: 0,
  times: [],
  ...more,
});
const texts = (book: Book): string[] =>
  book.rows.map((r) => (r.kind === "text" ? `${r.line} ${r.text}` : JSON.stringify(r.note)));

describe("bytes become rows", () => {
  test("lines over several pieces, the last one open", () => {
    const book = new Book();
    book.append(chunk(0, "one\ntw"));
    expect(texts(book)).toEqual(["1 one", "2 tw"]);
    book.append(chunk(6, "o\r\n\nfour"));
    expect(texts(book)).toEqual(["1 one", "2 two", "3 ", "4 four"]);
    expect(book.lines).toBe(3);
  });

  test("a character cut in two", () => {
    const book = new Book();
    const all = bytes("é👩\n");
    for (const [i, b] of all.entries()) book.append(chunk(i, new Uint8Array([b])));
    expect(texts(book)).toEqual(["1 é👩"]);
  });

  test("bytes that are no text are shown as such", () => {
    const book = new Book();
    book.append(chunk(0, new Uint8Array([0x61, 0xff, 0x0a])));
    book.append(chunk(3, new Uint8Array([0xe2, 0x82])));
    book.end();
    expect(texts(book)).toEqual(["1 a\ufffd", "2 \ufffd"]);
  });

  test("what was seen before a reconnect is not doubled", () => {
    const book = new Book();
    book.append(chunk(0, "one\ntwo\n"));
    book.append(chunk(4, "two\nthree\n"));
    book.append(chunk(0, "one\n"));
    expect(texts(book)).toEqual(["1 one", "2 two", "3 three"]);
    expect(book.position).toEqual({ attempt: 1, offset: 14 });
  });

  test("what is missing is noted, whoever knows of it", () => {
    const book = new Book();
    book.append(chunk(0, "one\n"));
    book.append(chunk(104, "two\n"));
    book.append(chunk(108, "three\n", { lost: 7 }));
    expect(texts(book)).toEqual([
      "1 one",
      '{"says":"lost","bytes":100}',
      "2 two",
      '{"says":"lost","bytes":7}',
      "3 three",
    ]);
  });

  test("attempts follow each other, their lines are counted on", () => {
    const book = new Book();
    book.append(chunk(0, "one"));
    book.append(chunk(0, "again\n", { attempt: 2 }));
    book.append(chunk(3, "late\n"));
    expect(texts(book)).toEqual(["1 one", '{"says":"attempt","attempt":2}', "2 again"]);
  });

  test("a line of ten megabytes goes on in rows and keeps one number", () => {
    const book = new Book();
    const piece = "x".repeat(65_536);
    for (let i = 0; i < 160; i++) book.append(chunk(i * piece.length, piece));
    book.append(chunk(160 * piece.length, "\nnext\n"));
    const first = book.rows.filter((r) => r.kind === "text" && r.line === 1);
    expect(first.length).toBe(Math.ceil((160 * 65_536) / rowLength));
    expect(first.reduce((n, r) => n + (r.kind === "text" ? r.text.length : 0), 0)).toBe(160 * 65_536);
    expect(first.map((r) => r.kind === "text" && r.continued).indexOf(true)).toBe(1);
    expect(texts(book).at(-1)).toBe("2 next");
  });

  test("no row ends within a pair of surrogates or a colour", () => {
    const book = new Book();
    book.append(chunk(0, `${"x".repeat(rowLength - 1)}👩${"y".repeat(rowLength - 4)}\x1b[31mred\n`));
    const rows = book.rows.map((r) => (r.kind === "text" ? r.text : ""));
    // oxlint-disable-next-line no-control-regex
    expect(rows.every((r) => !/[\ud800-\udbff]$|\x1b\[?\d*$/.test(r))).toBe(true);
    expect(rows.join("")).toContain("👩");
  });

  test("a progress bar leaves its last state and says how often it was written over", () => {
    const book = new Book();
    book.append(chunk(0, "10%\r50%\r"));
    book.append(chunk(8, "100%\ndone\n"));
    expect(texts(book)).toEqual(["1 100%", "2 done"]);
    expect(book.rows[0]).toMatchObject({ rewritten: 2 });
  });

  test("a colour goes on in the next line", () => {
    const book = new Book();
    book.append(chunk(0, "\x1b[31mred\nstill\x1b[0m\nplain\n"));
    expect(book.rows.map((r) => (r.kind === "text" ? r.begin : null))).toEqual([{}, { fg: 1 }, {}]);
  });

  test("of a log without end the newest rows are kept, with a note", () => {
    const book = new Book(100);
    for (let i = 0; i < 300; i++) book.append(chunk(i * 2, "x\n"));
    expect(book.rows.length).toBeLessThanOrEqual(111);
    expect(book.rows[0]).toMatchObject({ kind: "note", note: { says: "dropped" } });
    expect(book.rows.at(-1)).toMatchObject({ line: 300 });
    const note = book.rows[0];
    const next = book.rows[1];
    expect(note?.kind === "note" && note.note.says === "dropped" && note.note.lines + 1).toBe(
      next?.kind === "text" && next.line,
    );
  });
});

describe("levels", () => {
  test("a traceback is an error to its last line", () => {
    const book = new Book();
    book.append(
      chunk(0, 'INFO start\nTraceback (most recent call last):\n  File "x.py", line 1\nValueError: no\nafter\n'),
    );
    expect(book.rows.map((r) => (r.kind === "text" ? r.level : ""))).toEqual([
      "info",
      "error",
      "error",
      "error",
      undefined,
    ]);
    expect(book.firstError).toBe(2);
  });

  test.each([
    ["2026-01-01 10:00:00 ERROR it broke", "error"],
    ["\x1b[31m[ERROR]\x1b[0m it broke", "error"],
    ["error: no such file", "error"],
    ["ValueError: bad", "error"],
    ["level=WARN slow", undefined],
    ["WARNING:root:careful", "warning"],
    ["UserWarning: old", "warning"],
    ["DEBUG x", "debug"],
    ["no errors were found", undefined],
    ["terrors", undefined],
  ])("%s", (line, level) => {
    const book = new Book();
    book.append(chunk(0, `${line}\n`));
    expect(book.rows[0]).toMatchObject({ level });
  });
});

test("200,000 lines stand in as many rows", () => {
  const book = new Book();
  const lines = Array.from({ length: 200_000 }, (_, i) => `line ${i}`).join("\n");
  const all = bytes(lines);
  for (let at = 0; at < all.length; at += 65_536) book.append(chunk(at, all.subarray(at, at + 65_536)));
  expect(book.rows.length).toBe(200_000);
  expect(book.rows.at(-1)).toMatchObject({ line: 200_000, text: "line 199999" });
});
