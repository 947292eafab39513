import type { Row } from "./book.ts";
import { type Match, type Query, type Rows, textsOf } from "./search.ts";

/** Why a search was given up: it took too long, or there is nothing that could do it. */
export type GivenUp = "slow" | "failed";

/** What the worker is asked: all places of an expression in some rows. */
export interface Asked {
  source: string;
  flags: string;
  rows: Rows;
  /** The index of the first of them. */
  first: number;
}

/** Searches beside the page, one piece at a time. */
export interface Searcher {
  find: (rows: readonly Row[], query: Query, from: number, to: number) => Promise<readonly Match[] | GivenUp>;
  /** Ends what is under way; its answer does not come. */
  stop: () => void;
}

/** How long a piece may take: a hundred times of what a reasonable expression needs. */
const patience = 2000;

/**
 * Searches in a worker, since nothing ends an expression that backtracks but the end of the thread it runs in. What
 * takes longer than is reasonable is ended; the next search begins with a new one.
 */
export function openSearcher(): Searcher {
  let running: { worker: Worker; ready: Promise<boolean> } | undefined;
  const stop = (): void => {
    running?.worker.terminate();
    running = undefined;
  };
  const start = (): typeof running => {
    let worker: Worker;
    try {
      worker = new Worker(new URL("search.worker.ts", import.meta.url), { type: "module" });
    } catch {
      return undefined; // the browser refuses workers here
    }
    const ready = new Promise<boolean>((resolve) => {
      worker.addEventListener("message", () => resolve(true), { once: true });
      worker.addEventListener("error", () => resolve(false), { once: true });
    });
    return { worker, ready };
  };
  return {
    stop,
    find: async (rows, { pattern: { source, flags } }, from, to) => {
      const mine = (running ??= start());
      if (mine === undefined) return "failed";
      const { worker } = mine;
      const asked: Asked = { source, flags, rows: textsOf(rows, from, to), first: from };
      const answer = (await mine.ready)
        ? await new Promise<readonly Match[] | GivenUp>((resolve) => {
            // An answer that waits behind other work of the page is taken before it is given up.
            const timer = setTimeout(() => setTimeout(() => resolve("slow")), patience);
            const done = (told: readonly Match[] | GivenUp) => {
              clearTimeout(timer);
              resolve(told);
            };
            worker.addEventListener("message", ({ data }: MessageEvent<readonly Match[]>) => done(data), {
              once: true,
            });
            worker.addEventListener("error", () => done("failed"), { once: true });
            // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
            worker.postMessage(asked);
          })
        : "failed";
      if (typeof answer === "string" && running === mine) stop();
      return answer;
    },
  };
}
