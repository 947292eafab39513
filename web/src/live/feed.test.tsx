import { QueryClient } from "@tanstack/react-query";
import { afterEach, expect, test, vi } from "vitest";
import { key } from "../api/keys.ts";
import { createFeed } from "./feed.ts";
import { setLiveState } from "./state.ts";

const list = key("run", "a", "list", {});

/** A server whose streams begin when they are let in, and go on. */
function server() {
  const waiting: (() => void)[] = [];
  vi.stubGlobal("fetch", (_: string, { signal }: RequestInit) => {
    const body = new ReadableStream({
      start: (stream) => signal?.addEventListener("abort", () => stream.error(new Error("aborted"))),
    });
    return new Promise<Response>((answer) => waiting.push(() => answer(new Response(body))));
  });
  return async () => {
    await vi.waitFor(() => expect(waiting.length).toBeGreaterThan(0));
    waiting.pop()?.();
  };
}

function cached() {
  const queries = new QueryClient();
  queries.setQueryData(list, { content: [] });
  return { queries, old: () => queries.getQueryState(list)?.isInvalidated };
}

const hide = (hidden: boolean) => {
  vi.spyOn(document, "hidden", "get").mockReturnValue(hidden);
  document.dispatchEvent(new Event("visibilitychange"));
};

afterEach(() => {
  vi.useRealTimers();
  setLiveState({ is: "none" });
});

test("what was read before another project was followed is read anew, and nothing twice at first", async () => {
  const letIn = server();
  const { queries, old } = cached();
  const feed = createFeed(queries, {});
  feed.watch("a");
  await letIn();
  feed.watch("b");
  await letIn();
  expect(old()).toBe(false);
  feed.watch("a");
  expect(old()).toBe(false);
  await letIn();
  await vi.waitFor(() => expect(old()).toBe(true));
  feed.watch(undefined);
});

test("a page that was hidden is read anew when its stream is there, not before", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const letIn = server();
  const { queries, old } = cached();
  const feed = createFeed(queries, {});
  feed.watch("a");
  await letIn();
  hide(true);
  vi.advanceTimersByTime(60_000);
  hide(false);
  expect(old()).toBe(false);
  await letIn();
  await vi.waitFor(() => expect(old()).toBe(true));
  feed.watch(undefined);
});
