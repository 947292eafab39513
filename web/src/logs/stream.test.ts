import { describe, expect, test } from "vitest";
import { encodeText } from "../lib/base64.ts";
import { Book } from "./book.ts";
import { follow, readChunk, type StreamState } from "./stream.ts";

const event = (offset: number, text: string): string =>
  `id: ${offset + text.length}\ndata: ${JSON.stringify({ offset, attempt: 1, container: "main", data: encodeText(text) })}\n\n`;
const end = 'event: end\ndata: {"attempt":1,"offset":0}\n\n';

/** An answer whose body is these pieces, cut wherever. */
function answer(text: string, size: number, broken = false): Response {
  const all = new TextEncoder().encode(text);
  let at = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at < all.length) controller.enqueue(all.subarray(at, (at += size)));
      else if (broken) controller.error(new Error("cut"));
      else controller.close();
    },
  });
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
}

async function run(answers: (() => Response)[]) {
  const book = new Book();
  const states: StreamState[] = [];
  const asked: string[] = [];
  const slept: number[] = [];
  await follow(
    async (since) => {
      asked.push(since);
      const next = answers.shift();
      if (next === undefined) throw new Error("no server");
      return next();
    },
    { onChunk: (c) => book.append(c), onState: (s) => states.push(s) },
    AbortSignal.any([]),
    async (ms) => {
      slept.push(ms);
    },
  );
  return { text: book.rows.map((r) => (r.kind === "text" ? r.text : r.note.says)), states, asked, slept };
}

describe("a stream", () => {
  test("is read to its end, however it is cut", async () => {
    for (const size of [1, 7, 1000]) {
      const { text, states, asked } = await run([
        () => answer(`: stream\n\n${event(0, "one\n")}: keep-alive\n\n${event(4, "twö\n")}${end}`, size),
      ]);
      expect(text).toEqual(["one", "twö"]);
      expect(states.map((s) => s.state)).toEqual(["connecting", "live", "ended"]);
      expect(asked).toEqual([""]);
    }
  });

  test("goes on after a break, without a gap or a double", async () => {
    const { text, asked, slept } = await run([
      () => answer(event(0, "one\n") + event(4, "two\n"), 50, true),
      () => answer(event(4, "two\n") + event(8, "three\n") + end, 50),
    ]);
    expect(text).toEqual(["one", "two", "three"]);
    expect(asked).toEqual(["", "8"]);
    expect(slept).toEqual([1000]);
  });

  test("waits longer while nothing answers", async () => {
    const down = () => new Response("", { status: 503 });
    const { slept } = await run([down, down, down, down, down, down, down, () => answer(end, 9)]);
    expect(slept).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });

  test("ends where the server refuses", async () => {
    const { states, slept } = await run([() => new Response("", { status: 404 })]);
    expect(states.at(-1)).toEqual({ state: "failed", status: 404 });
    expect(slept).toEqual([]);
  });
});

test("data that is none of ours is left out", () => {
  expect(readChunk("{")).toBeUndefined();
  expect(readChunk('{"offset":"0"}')).toBeUndefined();
  expect(readChunk('{"offset":0,"attempt":1,"data":"%%%"}')).toBeUndefined();
});
