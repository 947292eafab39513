import { backoff } from "./backoff.ts";
import { hastened } from "./hasten.ts";
import { type ServerEvent, sseParser } from "./sse.ts";

/** What became of a stream: it tells each change of its state, and each event once and in order. */
export interface StreamHandlers {
  onEvent: (event: ServerEvent) => void;
  onState: (state: StreamState) => void;
}

export type StreamState =
  | { is: "connecting" }
  | { is: "live" }
  | { is: "reconnecting"; tries: number; until: number }
  | { is: "refused"; status: number };

/** The outside world of a stream, replaced by tests. */
export interface StreamWorld {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  now: () => number;
  random: () => number;
  /** Whether somebody may look at the page. */
  seen: () => boolean;
  wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** The server writes at least every 15 s; a stream that is silent for longer than this is dead. */
export const silence = 40_000;

/**
 * Follows server-sent events by fetch, so that headers can be sent. After a break it asks to go on after the last
 * event seen; each break waits longer, and less at a sign that the server is back (hasten). It begins after the event called
 * since, or without one now. It ends when the signal aborts, or when the server says that there is nothing
 * to follow (401, 403, 404).
 */
export async function follow(
  url: string,
  handlers: StreamHandlers,
  signal: AbortSignal,
  world: StreamWorld = browser,
  since = "",
): Promise<void> {
  let lastId = since;
  let tries = 0;
  handlers.onState({ is: "connecting" });
  while (!signal.aborted) {
    const attempt = new AbortController();
    const stop = () => attempt.abort();
    signal.addEventListener("abort", stop);
    try {
      const headers: Record<string, string> = { Accept: "text/event-stream" };
      if (lastId !== "") headers["Last-Event-ID"] = lastId;
      const response = await world.fetch(url, { headers, signal: attempt.signal, cache: "no-store" });
      if (!response.ok || response.body === null) {
        if ([401, 403, 404].includes(response.status)) {
          handlers.onState({ is: "refused", status: response.status });
          return;
        }
        throw new Error(`status ${response.status}`);
      }
      tries = 0;
      handlers.onState({ is: "live" });
      const parse = sseParser(lastId);
      const decoder = new TextDecoder();
      const reader = response.body.getReader();
      for (;;) {
        const piece = await alive(reader, attempt, signal, world);
        if (piece === undefined) break;
        for (const event of parse(decoder.decode(piece, { stream: true }))) {
          lastId = event.id;
          handlers.onEvent(event);
        }
      }
    } catch {
      // Whatever broke, the way back is the same.
    } finally {
      signal.removeEventListener("abort", stop);
      attempt.abort();
    }
    if (signal.aborted) return;
    tries++;
    const pause = backoff(tries, world.random(), world.seen());
    handlers.onState({ is: "reconnecting", tries, until: world.now() + pause });
    await world.wait(pause, AbortSignal.any([signal, hastened()]));
  }
}

// The next piece, or undefined at the end; a stream that is silent too long counts as ended.
async function alive(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  attempt: AbortController,
  signal: AbortSignal,
  world: StreamWorld,
): Promise<Uint8Array | undefined> {
  const read = new AbortController();
  const silent = world.wait(silence, AbortSignal.any([read.signal, signal])).then(() => {
    if (!read.signal.aborted) attempt.abort();
    return { done: true as const, value: undefined };
  });
  const { done, value } = await Promise.race([reader.read(), silent]);
  read.abort();
  return done ? undefined : value;
}

const browser: StreamWorld = {
  fetch: (url, init) => globalThis.fetch(url, init),
  now: () => Date.now(),
  random: () => Math.random(),
  seen: () => !document.hidden,
  wait: (milliseconds, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      signal.addEventListener(
        "abort",
        () => {
          clearTimeout(timer);
          resolve();
        },
        { once: true },
      );
    }),
};
