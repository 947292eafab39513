import { expect, test } from "vitest";
import { encodeText } from "../lib/base64.ts";
import { Book } from "./book.ts";
import { type Follow, type LogState, readChunk, readLog } from "./stream.ts";

const data = (offset: number, text: string): string =>
  JSON.stringify({ offset, attempt: 1, container: "main", data: encodeText(text) });

async function run(follow: Follow) {
  const book = new Book();
  const states: LogState["is"][] = [];
  const signal = new AbortController().signal;
  await readLog(follow, { onChunk: (c) => book.append(c), onState: (s) => states.push(s.is) }, signal);
  return { text: book.rows.map((r) => (r.kind === "text" ? r.text : r.note.says)), states };
}

test("a log is read to its end, over a break, without a gap or a double", async () => {
  let aborted = false;
  const { text, states } = await run(async ({ onEvent, onState }, signal) => {
    onState({ is: "live" });
    onEvent({ event: "message", data: data(0, "one\ntwo\n") });
    onState({ is: "reconnecting", tries: 1, until: 0 });
    onState({ is: "live" });
    onEvent({ event: "message", data: data(4, "two\nthrée\n") });
    onEvent({ event: "end", data: "{}" });
    aborted = signal.aborted;
    onState({ is: "reconnecting", tries: 1, until: 0 });
  });
  expect(text).toEqual(["one", "two", "thrée"]);
  expect(states).toEqual(["live", "reconnecting", "live", "ended"]);
  expect(aborted).toBe(true);
});

test("a view that has gone hears nothing more", async () => {
  const gone = new AbortController();
  const states: string[] = [];
  await readLog(
    async ({ onState }, signal) => {
      gone.abort();
      expect(signal.aborted).toBe(true);
      onState({ is: "live" });
    },
    { onChunk: () => states.push("chunk"), onState: (s) => states.push(s.is) },
    gone.signal,
  );
  expect(states).toEqual([]);
});

test("data that is none of ours is left out", () => {
  expect(readChunk("{")).toBeUndefined();
  expect(readChunk('{"offset":"0"}')).toBeUndefined();
  expect(readChunk('{"offset":0,"attempt":1,"data":"%%%"}')).toBeUndefined();
});
