import type { QueryClient } from "@tanstack/react-query";
import { asKey, type CacheKey } from "../api/keys.ts";
import { apply, type Cached, type Change, type Effect, type LiveRules, newest } from "./apply.ts";
import { hasten } from "./hasten.ts";
import type { ServerEvent } from "./sse.ts";
import { type LiveState, setLiveState } from "./state.ts";
import { follow, type StreamState } from "./stream.ts";

const pollEvery = 10_000; // without a stream, pages are refreshed at this pace
const refetchEvery = 1000; // during a burst, one list is read again at most this often
const hiddenFor = 60_000; // a page that nobody sees gives its stream up after this time
const probeAgain = 1500; // after the browser said that the network went
const offlineAfter = 2; // tries that failed before the server counts as away

/** The feed of one project or of all of them, and the way for a mutation's reply into the cache. */
export interface Feed {
  /**
   * Follows a project, or with "" all of them; undefined follows none. Since is where the stream stood before anything
   * was read: what has changed while the first page was read is told too.
   */
  watch: (project: string | undefined, since?: number) => void;
  /** Lets a change that this page made itself do what it would do when the feed tells it. */
  tell: (change: Omit<Change, "seq">) => void;
  /** Hears each change of the project that is followed. */
  listen: (listener: (change: Change) => void) => () => void;
}

/** Makes the feed. Events are united per frame; a gap makes all that is cached of the project stale. */
export function createFeed(queries: QueryClient, rules: LiveRules): Feed {
  let project: string | undefined;
  let control = new AbortController();
  let seen = 0;
  let position = ""; // the last event that was heard: the streams of all projects count as one
  let begun = false;
  let waiting: Change[] = [];
  let scheduled = false;
  const listeners = new Set<(change: Change) => void>();
  let poll: ReturnType<typeof setInterval> | undefined;
  let asleep: ReturnType<typeof setTimeout> | undefined;
  const refetched = new Map<string, { at: number; again: boolean }>();

  const cached = (): Cached[] =>
    queries
      .getQueryCache()
      .getAll()
      .flatMap((query) => {
        const key = asKey(query.queryKey);
        return key === undefined ? [] : [{ key, data: query.state.data }];
      });

  const stale = (of: string) => {
    void queries.invalidateQueries({ predicate: (query) => query.queryKey[1] === of });
  };

  // The first refetch of a list goes out at once, those that follow closely become one.
  const refetch = (key: CacheKey) => {
    const name = JSON.stringify(key);
    const before = refetched.get(name);
    if (before !== undefined) {
      before.again = true;
      return;
    }
    refetched.set(name, { at: Date.now(), again: false });
    void queries.invalidateQueries({ queryKey: key, exact: true });
    setTimeout(() => {
      const { again } = refetched.get(name) ?? { again: false };
      refetched.delete(name);
      if (again) refetch(key);
    }, refetchEvery);
  };

  const run = (effect: Effect) => {
    switch (effect.do) {
      case "patch":
        queries.setQueryData(effect.key, effect.update);
        break;
      case "refetch":
      case "count":
        refetch(effect.key);
        break;
      case "drop":
        queries.removeQueries({ queryKey: effect.key, exact: true });
        break;
      default:
        effect satisfies never;
    }
  };

  const commit = () => {
    scheduled = false;
    const changes = waiting;
    waiting = [];
    for (const change of changes) if (change.seq > seen) for (const listener of listeners) listener(change);
    for (const effect of apply(changes, cached(), rules, seen)) run(effect);
    seen = newest(changes, seen);
  };

  const take = (change: Change) => {
    waiting.push(change);
    if (scheduled) return;
    scheduled = true;
    // A hidden page has no frames, and still must not fall behind.
    if (document.hidden) setTimeout(commit, 0);
    else requestAnimationFrame(commit);
  };

  const onEvent = ({ event, data, id }: ServerEvent) => {
    position = id;
    if (event === "change") {
      const change = parseChange(data);
      if (change !== undefined) take(change);
    } else if (event === "reset" && project !== undefined) {
      seen = Number(id) || 0;
      stale(project);
    }
  };

  const polling = (on: boolean) => {
    clearInterval(poll);
    poll = on ? setInterval(() => project !== undefined && stale(project), pollEvery) : undefined;
  };

  // What was cached may be old: its stream broke off, or another project was followed in between.
  let broken = false;
  let trying = false;
  const followed = new Set<string>();
  const onState = (state: StreamState) => {
    const shown: LiveState =
      state.is === "reconnecting"
        ? { is: state.tries >= offlineAfter ? "offline" : "reconnecting", until: state.until }
        : state.is === "refused"
          ? { is: "none" }
          : state;
    setLiveState(shown);
    // The first try comes soon by itself; one that each answer brought on would have no pause where streams break at once.
    trying = state.is === "reconnecting" && state.tries >= offlineAfter;
    if (state.is === "live") {
      polling(false);
      // The stream itself goes on without a gap; what has no events, such as another server's answer, may be old.
      if (broken && project !== undefined) stale(project);
      broken = false;
    } else if (state.is === "reconnecting") {
      if (poll === undefined) polling(true);
      broken = true;
    } else polling(false);
  };

  const connect = () => {
    control.abort();
    control = new AbortController();
    if (project === undefined) {
      polling(false);
      setLiveState({ is: "none" });
      return;
    }
    seen = 0;
    void follow(
      `${location.origin}/api/v1${project === "" ? "" : `/-/${encodeURIComponent(project)}`}/events`,
      { onEvent, onState },
      control.signal,
      undefined,
      position,
    );
  };

  document.addEventListener("visibilitychange", () => {
    clearTimeout(asleep);
    if (document.hidden) {
      asleep = setTimeout(() => {
        control.abort();
        polling(false);
        setLiveState({ is: "paused" });
      }, hiddenFor);
    } else if (control.signal.aborted && project !== undefined) {
      // Read when the stream is there: what changes between the two would be missed.
      broken = true;
      connect();
    } else hasten();
  });
  // An answer to anything else says that the server is back: the stream need not wait for its turn.
  queries.getQueryCache().subscribe((event) => {
    if (!trying || event.type !== "updated" || event.action.type !== "success") return;
    if (event.action.manual !== true) hasten();
  });
  // A network that went does not end a stream by itself, and one that came back need not wait for the next try.
  const probe = () => {
    if (project === undefined || control.signal.aborted) return;
    broken = true;
    connect();
  };
  let again: ReturnType<typeof setTimeout> | undefined;
  for (const happens of ["offline", "online"]) {
    addEventListener(happens, () => {
      clearTimeout(again);
      probe();
      // Browsers tell it before the last connection has gone; a server on this machine is reached all the same.
      if (happens === "offline") again = setTimeout(probe, probeAgain);
    });
  }

  return {
    watch: (next, since) => {
      if (next === project) return;
      // All projects were followed up to now, one project says nothing of where another stands.
      if (!begun) position = since === undefined ? "" : String(since);
      else if (project !== "") position = "";
      begun = true;
      project = next;
      broken = next !== undefined && followed.has(next);
      if (next !== undefined) followed.add(next);
      connect();
    },
    tell: (change) => take({ ...change, seq: 0 }),
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function parseChange(data: string): Change | undefined {
  try {
    return JSON.parse(data) as Change;
  } catch {
    return undefined; // a line that is no JSON is no change
  }
}
