import { expect, test } from "vitest";
import { hasten } from "./hasten.ts";
import { follow, type StreamState, type StreamWorld } from "./stream.ts";

function answer(...pieces: string[]): Response {
  const encoder = new TextEncoder();
  return new Response(
    new ReadableStream({
      start(controller) {
        for (const piece of pieces) controller.enqueue(encoder.encode(piece));
        controller.close();
      },
    }),
    { headers: { "content-type": "text/event-stream" } },
  );
}

/** A world whose waits end at once, but for the wait for a sign of life. */
function world(answers: (Response | Error)[], asked: (string | undefined)[]): StreamWorld {
  return {
    fetch: (_, init) => {
      asked.push(new Headers(init.headers).get("last-event-id") ?? undefined);
      const next = answers.shift();
      return next instanceof Response ? Promise.resolve(next) : Promise.reject(next ?? new Error("no more"));
    },
    now: () => 0,
    random: () => 1,
    seen: () => true,
    wait: (time, signal) =>
      time > 30_000 ? new Promise((done) => signal.addEventListener("abort", () => done())) : Promise.resolve(),
  };
}

test("after a break it goes on after the last event seen, and stops where it is refused", async () => {
  const asked: (string | undefined)[] = [];
  const states: StreamState["is"][] = [];
  const events: string[] = [];
  const answers = [
    answer("id: 4\nda", "ta: a\n\n"),
    new Error("cut"),
    answer("id: 5\ndata: b\n\n"),
    new Response("", { status: 404 }),
  ];
  await follow(
    "/events",
    { onEvent: (e) => events.push(e.data), onState: (s) => states.push(s.is) },
    new AbortController().signal,
    world(answers, asked),
  );
  expect(asked).toEqual([undefined, "4", "4", "5"]);
  expect(events).toEqual(["a", "b"]);
  expect(states).toEqual(["connecting", "live", "reconnecting", "reconnecting", "live", "reconnecting", "refused"]);
});

test("a stream without a sign of life is given up", async () => {
  const asked: (string | undefined)[] = [];
  const control = new AbortController();
  const silent = new Response(new ReadableStream({}), { headers: { "content-type": "text/event-stream" } });
  const base = world([silent], asked);
  const states: StreamState["is"][] = [];
  await follow(
    "/events",
    {
      onEvent: () => {},
      onState: (state) => {
        states.push(state.is);
        if (state.is === "reconnecting") control.abort();
      },
    },
    control.signal,
    { ...base, wait: () => Promise.resolve() },
  );
  expect(states).toEqual(["connecting", "live", "reconnecting"]);
});

test("a sign that the server is back ends the wait at once", async () => {
  const asked: (string | undefined)[] = [];
  const base = world([new Error("away"), new Response("", { status: 404 })], asked);
  const ends = (_: number, signal: AbortSignal) =>
    new Promise<void>((done) => signal.addEventListener("abort", () => done(), { once: true }));
  await follow(
    "/events",
    { onEvent: () => {}, onState: ({ is }) => is === "reconnecting" && setTimeout(hasten) },
    new AbortController().signal,
    { ...base, wait: ends },
  );
  expect(asked).toHaveLength(2);
});
