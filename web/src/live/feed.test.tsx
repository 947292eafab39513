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

test("it is followed from where the stream stood before the page was read; another project from now on", async () => {
  const asked: (string | null)[] = [];
  vi.stubGlobal("fetch", (_: string, { headers, signal }: RequestInit) => {
    asked.push(new Headers(headers).get("last-event-id"));
    const event = new TextEncoder().encode("id: 45\nevent: ready\ndata: {}\n\n");
    const body = new ReadableStream({
      start: (stream) => {
        stream.enqueue(event);
        signal?.addEventListener("abort", () => stream.error(new Error("aborted")));
      },
    });
    return Promise.resolve(new Response(body));
  });
  const settled = () => new Promise((done) => setTimeout(done));
  const feed = createFeed(new QueryClient(), {});
  for (const project of ["", "a", "b"]) {
    feed.watch(project, 41);
    // oxlint-disable-next-line no-await-in-loop -- one page after the other
    await settled();
  }
  expect(asked).toEqual(["41", "45", null]);
  feed.watch(undefined);
});

test("an answer to anything else lets the stream try again before its time", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const settled = () => new Promise((done) => setImmediate(done));
  const fetch = vi.fn(() => Promise.reject(new Error("away")));
  vi.stubGlobal("fetch", fetch);
  const { queries } = cached();
  const answered = () => queries.fetchQuery({ queryKey: key("run", "a", "count", {}), queryFn: () => 1 });
  const feed = createFeed(queries, {});
  feed.watch("a");
  await settled();
  await answered();
  await settled();
  expect(fetch).toHaveBeenCalledTimes(1); // where streams alone break, answers do not drive it round and round
  vi.advanceTimersByTime(1000);
  await settled();
  expect(fetch).toHaveBeenCalledTimes(2);
  queries.setQueryData(list, { content: [] });
  await settled();
  expect(fetch).toHaveBeenCalledTimes(2);
  await answered();
  await settled();
  expect(fetch).toHaveBeenCalledTimes(3);
  feed.watch(undefined);
});

test("a stream that began while the network went is begun once more", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const letIn = server();
  const feed = createFeed(cached().queries, {});
  feed.watch("a");
  await letIn();
  dispatchEvent(new Event("offline"));
  await letIn();
  vi.advanceTimersByTime(2000);
  await expect(letIn(), "another stream is asked for").resolves.toBeUndefined();
  feed.watch(undefined);
});
