import { findInTexts } from "./search.ts";
import type { Asked } from "./searcher.ts";

self.addEventListener("message", ({ data: { source, flags, rows, first } }: MessageEvent<Asked>) =>
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
  self.postMessage(findInTexts(rows, new RegExp(source, flags), first)),
);
// The time that a search may take is counted from here on.
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
self.postMessage("ready");
