import { expect, test } from "vitest";
import { backoff } from "./backoff.ts";
import { sseParser } from "./sse.ts";

const stream =
  ": stream\n\nevent: ready\nid: 7\ndata: {}\n\nid: 8\ndata: one\ndata: two\r\n\r\n: keep-alive\n\ndata:no id\n\n";

test("events come out whole however the text is cut", () => {
  const whole = sseParser("")(stream);
  expect(whole).toEqual([
    { event: "ready", data: "{}", id: "7" },
    { event: "message", data: "one\ntwo", id: "8" },
    { event: "message", data: "no id", id: "8" },
  ]);
  for (let cut = 1; cut < stream.length; cut++) {
    const parse = sseParser("");
    expect([...parse(stream.slice(0, cut)), ...parse(stream.slice(cut))]).toEqual(whole);
  }
});

test("each break waits longer: up to three seconds while somebody looks, up to half a minute where nobody does", () => {
  expect([1, 2, 3, 60].map((tries) => backoff(tries, 1, true))).toEqual([1000, 2000, 3000, 3000]);
  expect([1, 2, 3, 6, 60].map((tries) => backoff(tries, 1, false))).toEqual([1000, 2000, 4000, 30_000, 30_000]);
  expect(backoff(1, 0, true)).toBe(500);
});
