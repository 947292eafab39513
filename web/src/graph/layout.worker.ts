import { layout, type Layered } from "./layout.ts";

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
self.addEventListener("message", ({ data }: MessageEvent<Layered>) => self.postMessage(layout(data)));
