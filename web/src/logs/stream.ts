import { decodeBytes } from "../lib/base64.ts";
import { isObject } from "../lib/json.ts";
import { readEvents } from "../lib/sse.ts";
import type { Chunk } from "./book.ts";

/** Opens the stream of a log; since is the id of the last event seen, "" for the beginning. */
export type OpenStream = (since: string, signal: AbortSignal) => Promise<Response>;

export type StreamState =
  | { state: "connecting" }
  | { state: "live" }
  | { state: "ended" }
  | { state: "waiting"; seconds: number }
  | { state: "failed"; status: number };

export interface StreamHandlers {
  onChunk: (chunk: Chunk) => void;
  onState: (state: StreamState) => void;
}

/** Waits, or less if the signal comes. */
export type Sleep = (milliseconds: number, signal: AbortSignal) => Promise<void>;

const longest = 30_000;

/**
 * Reads a log to its end. A stream that breaks off is taken up where it was, after 1 s, 2 s and so on up to
 * 30 s; an answer that refuses (404, 403) ends it. It never throws.
 */
export async function follow(
  open: OpenStream,
  handlers: StreamHandlers,
  signal: AbortSignal,
  sleep: Sleep = pause,
): Promise<void> {
  let since = "";
  let delay = 1000;
  while (!signal.aborted) {
    handlers.onState({ state: "connecting" });
    // One attempt after the other.
    // oxlint-disable-next-line no-await-in-loop
    const outcome = await once(open, since, handlers, signal);
    if (signal.aborted) return;
    if (outcome.done) {
      handlers.onState(outcome.state);
      return;
    }
    if (outcome.since !== since) delay = 1000;
    since = outcome.since;
    handlers.onState({ state: "waiting", seconds: Math.round(delay / 1000) });
    // oxlint-disable-next-line no-await-in-loop
    await sleep(delay, signal);
    delay = Math.min(longest, delay * 2);
  }
}

type Outcome = { done: true; state: StreamState } | { done: false; since: string };

async function once(open: OpenStream, begin: string, handlers: StreamHandlers, signal: AbortSignal): Promise<Outcome> {
  let since = begin;
  try {
    const response = await open(since, signal);
    if (!response.ok || response.body === null) {
      const { status } = response;
      const refused = status >= 400 && status < 500 && status !== 408 && status !== 429;
      return refused ? { done: true, state: { state: "failed", status } } : { done: false, since };
    }
    handlers.onState({ state: "live" });
    for await (const event of readEvents(response.body)) {
      if (event.event === "end") return { done: true, state: { state: "ended" } };
      const chunk = readChunk(event.data);
      if (chunk === undefined) continue;
      handlers.onChunk(chunk);
      if (event.id !== "") since = event.id;
    }
  } catch {
    // A connection that fails is one that is taken up again.
  }
  return { done: false, since };
}

/** Reads the data of an event; undefined for what is none of ours. */
export function readChunk(data: string): Chunk | undefined {
  let read: unknown;
  try {
    read = JSON.parse(data);
  } catch {
    return undefined;
  }
  if (!isObject(read)) return undefined;
  const { offset, attempt, data: base64, lost } = read;
  if (typeof offset !== "number" || typeof attempt !== "number" || typeof base64 !== "string") return undefined;
  const bytes = decodeBytes(base64);
  return bytes && { offset, attempt, data: bytes, lost: typeof lost === "number" ? lost : 0 };
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
