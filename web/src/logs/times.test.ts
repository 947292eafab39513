import { describe, expect, test } from "vitest";
import { Book } from "./book.ts";
import { LineTimes, isWide, makeClock, type Marks } from "./times.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Reads pieces of a log and says when each of its lines was written. */
function timesOf(pieces: readonly [text: string, times: Marks, more?: { attempt?: number; lost?: number }][]) {
  const book = new Book();
  let offset = 0;
  let attempt = 1;
  for (const [text, times, more = {}] of pieces) {
    if ((more.attempt ?? attempt) > attempt) [attempt, offset] = [more.attempt ?? attempt, 0];
    book.append({ offset, attempt, data: bytes(text), lost: more.lost ?? 0, times });
    offset += bytes(text).length;
  }
  book.end();
  return book.rows.flatMap((row) => (row.kind === "text" ? [`${row.text} ${book.times.at(row.line) ?? "-"}`] : []));
}

describe("a line was written when its first byte was", () => {
  test("in one piece, with several marks", () => {
    const marks = [
      [0, 10],
      [4, 20],
      [8, 30],
    ] as const;
    expect(timesOf([["one\ntwo\nthree\nfour\n", marks]])).toEqual(["one 10", "two 20", "three 30", "four 30"]);
  });

  test("over pieces that end within lines and characters", () => {
    expect(
      timesOf([
        ["on", [[0, 10]]],
        ["e\ntw", [[2, 20]]],
        [
          "ò\n\nfo",
          [
            [6, 30],
            [9, 40],
          ],
        ],
        ["ur\nfive", [[12, 50]]],
      ]),
    ).toEqual(["one 10", "twò 20", " 40", "four 40", "five 50"]);
  });

  test("marks within one line count for the next, the last of them", () => {
    const marks = [
      [0, 10],
      [1, 20],
      [2, 30],
    ] as const;
    expect(timesOf([["abc\ndef\n", marks]])).toEqual(["abc 10", "def 30"]);
  });

  test("what is not known has none, before, between and after", () => {
    expect(
      timesOf([
        ["old\n", []],
        ["a\nb\n", [[6, 20]]],
        ["c\n", []],
        [
          "d\ne\n",
          [
            [10, 30],
            [12, 0],
          ],
        ],
      ]),
    ).toEqual(["old -", "a -", "b 20", "c -", "d 30", "e -"]);
  });

  test("attempts follow each other, and gaps change no line's time", () => {
    expect(
      timesOf([
        ["one\nopen", [[0, 10]]],
        ["again\n", [[0, 20]], { attempt: 2 }],
        ["more\n", [[6, 30]], { lost: 7 }],
      ]),
    ).toEqual(["one 10", "open 10", "again 20", "more 30"]);
  });

  test("of bytes that were seen before a reconnect nothing changes", () => {
    const book = new Book();
    const piece = (offset: number, text: string, times: Marks) =>
      book.append({ offset, attempt: 1, lost: 0, data: bytes(text), times });
    piece(0, "one\ntwo\n", [
      [0, 10],
      [4, 20],
    ]);
    piece(4, "two\nthree\n", [
      [4, 20],
      [8, 30],
    ]);
    expect([1, 2, 3].map((line) => book.times.at(line))).toEqual([10, 20, 30]);
  });
});

test("a line that is drawn is found among many marks, with no more kept than what changed", () => {
  const times = new LineTimes();
  const count = 20_000;
  const data = bytes("line\n".repeat(count));
  times.take(
    data,
    0,
    Array.from({ length: count }, (_, i) => [i * 5, Math.floor(i / 2) + 1] as const),
    1,
    false,
  );
  expect([1, 2, 3, 9999, 20_000].map((line) => times.at(line))).toEqual([1, 1, 2, 5000, 10_000]);
  expect(times.span).toEqual([1, 10_000]);
});

describe("clocks", () => {
  const at = Date.UTC(2026, 10, 23, 23, 59, 58, 250);
  test("off is none", () => expect(makeClock("off", "utc", false, 0)).toBeUndefined());

  test("relative times count from the start, before it with a sign", () => {
    const clock = makeClock("relative", "utc", true, at);
    const written = [0, 3250, 63_000, 3_723_990, -1500, -20].map((more) => clock?.write(at + more));
    expect(written).toEqual(["0:00.0", "0:03.2", "1:03.0", "1:02:03.9", "\u22120:01.5", "0:00.0"]);
  });

  test("absolute times are of the zone, with the day where there are several", () => {
    expect(makeClock("absolute", "utc", false, 0)?.write(at)).toBe("23:59:58.2");
    expect(makeClock("absolute", "utc", true, 0)?.write(at)).toBe("11-23 23:59:58.2");
    const local = new Date(2026, 10, 3, 4, 5, 6, 700).getTime();
    expect(makeClock("absolute", "local", true, 0)?.write(local)).toBe("11-03 04:05:06.7");
    expect(isWide("absolute", "utc", [at, at + 1000], at)).toBe(false);
    expect(isWide("absolute", "utc", [at, at + 2000], at)).toBe(true);
    expect(isWide("absolute", "local", [local, local + 1000], 0)).toBe(false);
    expect(isWide("relative", "utc", [at - 1000, at + 3_599_999], at)).toBe(false);
    expect(isWide("relative", "utc", [at, at + 3_600_000], at)).toBe(true);
  });
});
