import { decodeBytes } from "../lib/base64.ts";
import { isObject } from "../lib/json.ts";
import type { Chunk } from "./book.ts";
import type { Marks } from "./times.ts";

/**
 * Follows the stream of a log: live/stream.ts with the log's address, which takes a stream that broke off up
 * where it was. The page hands it in, since islands know no transport.
 */
export type Follow = (
  handlers: { onEvent: (event: { event: string; data: string }) => void; onState: (state: FollowState) => void },
  signal: AbortSignal,
) => Promise<void>;

/** What becomes of a stream (live/stream.ts). */
export type FollowState =
  | { is: "connecting" }
  | { is: "live" }
  | { is: "reconnecting"; tries: number; until: number }
  | { is: "refused"; status: number };

export type LogState = FollowState | { is: "ended" };

/** Reads a log until the server says that no more can come, it refuses, or the signal aborts. */
export async function readLog(
  follow: Follow,
  handlers: { onChunk: (chunk: Chunk) => void; onState: (state: LogState) => void },
  signal: AbortSignal,
): Promise<void> {
  const done = new AbortController();
  const abort = (): void => done.abort();
  signal.addEventListener("abort", abort);
  if (signal.aborted) abort();
  let ended = false;
  await follow(
    {
      onEvent: ({ event, data }) => {
        if (ended || signal.aborted) return;
        if (event === "end") {
          ended = true;
          handlers.onState({ is: "ended" });
          abort();
          return;
        }
        const chunk = readChunk(data);
        if (chunk !== undefined) handlers.onChunk(chunk);
      },
      onState: (state) => {
        if (!ended && !signal.aborted) handlers.onState(state);
      },
    },
    done.signal,
  );
  signal.removeEventListener("abort", abort);
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
  const { offset, attempt, data: base64, lost, times } = read;
  if (typeof offset !== "number" || typeof attempt !== "number" || typeof base64 !== "string") return undefined;
  const bytes = decodeBytes(base64);
  return bytes && { offset, attempt, data: bytes, lost: typeof lost === "number" ? lost : 0, times: readTimes(times) };
}

function readTimes(times: unknown): Marks {
  if (!Array.isArray(times)) return [];
  return times.flatMap((pair: unknown) => {
    const [offset, time] = Array.isArray(pair) ? (pair as unknown[]) : [];
    return typeof offset === "number" && typeof time === "number" ? [[offset, time] as const] : [];
  });
}
